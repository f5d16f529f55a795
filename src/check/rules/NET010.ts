import { traefik } from '../../components/registry.ts';
import { ipInRange, parseIp } from '../../util/index.ts';
import { replaceComponent } from '../example.ts';
import type { DefinitionRule } from '../rule.ts';

export const NET010: DefinitionRule = {
  id: 'NET010',
  title: 'ingress address outside the pool',
  severity: 'error',
  why: 'The load balancer gives out only addresses of its pool: the ingress would wait for its address for ever.',
  remedy: "Choose an address of the cluster's pool, or leave `address` out for the first one.",
  bad(definition) {
    replaceComponent(definition, 'traefik', traefik({ address: '192.168.7.99' }));
  },
  *find({ plans }) {
    for (const { cluster, exports, components } of plans) {
      const address = exports.ingress?.address;
      if (address === undefined || ipInRange(parseIp(address) ?? -1, cluster.pool.range)) continue;
      const provider = components.find(({ component }) => component.name === 'traefik');
      yield {
        at: provider?.use.at ?? cluster.at,
        message: `ingress address ${address} is not in pool ${cluster.pool.name} (${cluster.pool.text})`,
      };
    }
  },
};
