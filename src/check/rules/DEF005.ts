import type { DefinitionRule } from '../rule.ts';

export const DEF005: DefinitionRule = {
  id: 'DEF005',
  title: 'a load-balancer pool that no cluster takes',
  severity: 'warning',
  why: 'Its addresses are kept free for nothing, and whoever reads the definition looks for the cluster that has them.',
  remedy: 'Take the pool out, or name it in `network.pool` of a cluster.',
  bad(definition) {
    for (const site of definition.sites) site.lan.pools['spare'] = '192.168.7.190-199';
  },
  *find({ homelab }) {
    const taken = new Set(homelab.clusters.map(({ pool }) => pool));
    for (const { lan, name } of homelab.sites)
      for (const pool of lan.pools)
        if (!taken.has(pool))
          yield { at: pool.at, message: `no cluster takes the pool ${pool.name} of ${name}` };
  },
};
