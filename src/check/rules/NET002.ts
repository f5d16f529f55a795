import { ipInRange, parseIp } from '../../util/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const NET002: DefinitionRule = {
  id: 'NET002',
  title: 'load-balancer pool holds an address that is taken by the LAN itself',
  severity: 'error',
  why: 'A service that is given the gateway, network or broadcast address cuts the whole LAN off.',
  remedy: 'Shrink the pool so that it leaves the address out.',
  bad(definition) {
    for (const site of definition.sites) site.lan.pools['main'] = '192.168.7.1-192.168.7.20';
  },
  *find({ homelab }) {
    for (const { lan } of homelab.sites) {
      const taken: [string, number | undefined][] = [
        [`the gateway ${lan.gateway}`, parseIp(lan.gateway)],
        ['the network address', lan.subnet.first],
        ['the broadcast address', lan.subnet.last],
      ];
      for (const pool of lan.pools) {
        for (const [what, address] of taken) {
          if (address !== undefined && ipInRange(address, pool.range))
            yield { at: pool.at, message: `pool ${pool.name} (${pool.text}) holds ${what}` };
        }
      }
    }
  },
};
