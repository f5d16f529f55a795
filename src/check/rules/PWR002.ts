import { sitePower } from '../../capacity/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const PWR002: DefinitionRule = {
  id: 'PWR002',
  title: 'a UPS that cannot deliver what the boards draw',
  severity: 'error',
  why: 'When the mains go, an overloaded UPS switches off at once: it is the outage it was bought against.',
  remedy: 'Take something off the UPS, or use one that delivers more watts.',
  bad(definition) {
    for (const site of definition.sites)
      site.power = { supplyWatts: 100, ups: { wattHours: 100, watts: 20 } };
  },
  *find({ homelab }) {
    for (const site of homelab.sites) {
      const { total, ups } = sitePower(homelab, site, () => 1);
      if (ups !== undefined && total.peak > ups.watts)
        yield {
          at: [...site.at, 'power', 'ups'],
          message: `the boards of ${site.name} draw up to ${total.peak.toFixed(1)} W, its UPS delivers ${ups.watts} W`,
        };
    }
  },
};
