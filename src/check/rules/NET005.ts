import { ipInRange, parseIp } from '../../util/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const NET005: DefinitionRule = {
  id: 'NET005',
  title: 'a node or control-plane address lies in a load-balancer pool',
  severity: 'error',
  why: 'The load balancer may give the address to a service, and the node or the API server becomes unreachable.',
  remedy: 'Move the address or shrink the pool.',
  bad(definition) {
    for (const cluster of definition.clusters) cluster.controlPlaneAddress = '192.168.7.160';
  },
  *find({ homelab }) {
    for (const cluster of homelab.clusters) {
      const named = [
        ...cluster.nodes.map((node) => ({ what: `node ${node.name}`, address: node.address, at: node.at })),
        {
          what: 'the control plane',
          address: cluster.controlPlaneAddress,
          at: [...cluster.at, 'controlPlaneAddress'],
        },
      ];
      for (const { what, address, at } of named) {
        // The pools of another site are another LAN, whatever its addresses.
        for (const pool of cluster.site.lan.pools) {
          if (ipInRange(parseIp(address) ?? -1, pool.range))
            yield { at, message: `${what} at ${address} is in pool ${pool.name} (${pool.text})` };
        }
      }
    }
  },
};
