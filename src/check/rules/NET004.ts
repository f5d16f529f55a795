import { rangesOverlap } from '../../util/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const NET004: DefinitionRule = {
  id: 'NET004',
  title: 'two load-balancer pools overlap',
  severity: 'error',
  why: 'Two clusters hand out the same address without knowing of each other; both answer ARP for it.',
  remedy: 'Give each pool addresses of its own.',
  bad(definition) {
    for (const site of definition.sites) site.lan.pools['other'] = '192.168.7.165-192.168.7.180';
  },
  *find({ homelab }) {
    for (const { lan } of homelab.sites) {
      for (const [index, pool] of lan.pools.entries()) {
        for (const other of lan.pools.slice(0, index)) {
          if (rangesOverlap(pool.range, other.range))
            yield {
              at: pool.at,
              message: `pool ${pool.name} (${pool.text}) overlaps pool ${other.name} (${other.text})`,
            };
        }
      }
    }
  },
};
