import { cidrContains } from '../../util/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const NET001: DefinitionRule = {
  id: 'NET001',
  title: 'load-balancer pool outside the LAN',
  severity: 'error',
  why: 'Layer 2 answers ARP only for addresses of the LAN: nobody would ever reach a service of this pool.',
  remedy: 'Choose a range inside lan.subnet.',
  references: ['https://metallb.io/concepts/layer2/'],
  bad(definition) {
    for (const site of definition.sites) site.lan.pools['main'] = '10.9.9.10-10.9.9.20';
  },
  *find({ homelab }) {
    for (const { lan } of homelab.sites) {
      for (const pool of lan.pools) {
        if (!cidrContains(lan.subnet, pool.range))
          yield { at: pool.at, message: `pool ${pool.name} (${pool.text}) is not inside ${lan.subnet.text}` };
      }
    }
  },
};
