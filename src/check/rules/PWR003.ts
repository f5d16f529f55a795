import { sitePower } from '../../capacity/index.ts';
import { ups } from '../../components/registry.ts';
import type { DefinitionRule } from '../rule.ts';
import { usesOf } from '../uses.ts';

export const PWR003: DefinitionRule = {
  id: 'PWR003',
  title: 'a battery that is used up before the shutdown begins',
  severity: 'warning',
  why: 'Full, the battery lasts for less than the first step of the shutdown waits for: every flicker of the mains stops the apps.',
  remedy: 'Lower `appsAtMinutes`, or use a larger battery.',
  bad(definition) {
    for (const site of definition.sites) site.power = { supplyWatts: 100, ups: { wattHours: 5, watts: 200 } };
  },
  *find(subject) {
    for (const { cluster, use, options } of usesOf(subject, ups)) {
      const { ups: battery } = sitePower(subject.homelab, cluster.site, () => 1);
      if (battery !== undefined && battery.minutes.peak < options.appsAtMinutes)
        yield {
          at: use.at,
          message: `at full load the UPS of ${cluster.site.name} lasts ${battery.minutes.peak.toFixed(1)} min, apps of ${cluster.name} are stopped at ${options.appsAtMinutes} min`,
        };
    }
  },
};
