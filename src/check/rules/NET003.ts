import { rangesOverlap } from '../../util/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const NET003: DefinitionRule = {
  id: 'NET003',
  title: 'load-balancer pool overlaps a reserved range',
  severity: 'error',
  why: 'Two machines answer for the same address, such as a service and a DHCP client: either drops out at random.',
  remedy: 'Move the pool, or shrink the reserved range (and the DHCP range of the router with it).',
  bad(definition) {
    for (const site of definition.sites)
      site.lan.reserved = [{ range: '192.168.7.150-192.168.7.165', for: 'DHCP' }];
  },
  *find({ homelab }) {
    for (const { lan } of homelab.sites) {
      for (const pool of lan.pools) {
        for (const reserved of lan.reserved) {
          if (rangesOverlap(pool.range, reserved.range))
            yield {
              at: pool.at,
              message: `pool ${pool.name} (${pool.text}) overlaps ${reserved.text}, reserved for ${reserved.for}`,
            };
        }
      }
    }
  },
};
