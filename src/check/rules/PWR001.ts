import { sitePower } from '../../capacity/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const PWR001: DefinitionRule = {
  id: 'PWR001',
  title: 'a power supply that is too small',
  severity: 'error',
  why: 'At full load the supply gives in: boards lose power in the middle of a write.',
  remedy: 'Write what the supply really gives (`power.supplyWatts`), or feed fewer boards from it.',
  bad(definition) {
    for (const site of definition.sites) site.power = { supplyWatts: 20 };
  },
  *find({ homelab }) {
    for (const site of homelab.sites) {
      const { total, supplyWatts } = sitePower(homelab, site, () => 1);
      if (supplyWatts !== undefined && total.peak > supplyWatts)
        yield {
          at: [...site.at, 'power', 'supplyWatts'],
          message: `the boards of ${site.name} draw up to ${total.peak.toFixed(1)} W, the supply gives ${supplyWatts} W`,
        };
    }
  },
};
