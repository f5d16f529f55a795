import type { DefinitionRule } from '../rule.ts';

export const PWR006: DefinitionRule = {
  id: 'PWR006',
  title: 'a UPS that nobody watches',
  severity: 'warning',
  why: 'When its battery is empty the boards lose power as they would have without it, only later.',
  remedy: 'Give the clusters of the site the `ups` component.',
  bad(definition) {
    for (const site of definition.sites)
      site.power = { supplyWatts: 100, ups: { wattHours: 100, watts: 200 } };
    for (const cluster of definition.clusters)
      cluster.components = cluster.components.filter(({ component }) => component !== 'ups');
  },
  *find({ homelab }) {
    for (const cluster of homelab.clusters) {
      const watched = cluster.components.some(({ component }) => component === 'ups');
      if (cluster.site.power?.ups !== undefined && !watched)
        yield {
          at: [...cluster.at, 'components'],
          message: `${cluster.site.name} has a UPS, and ${cluster.name} does not shut down when it runs low`,
        };
    }
  },
};
