import { app } from '../../apps/index.ts';
import { fitsSomewhere, podGroups } from '../../capacity/index.ts';
import { allocatableOf } from '../../model/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const CAP001: DefinitionRule = {
  id: 'CAP001',
  title: 'a pod that no node can hold',
  severity: 'error',
  why: 'It asks for more than any node has left for pods after its own reserve: it stays Pending for ever.',
  remedy: 'Ask for less, or give the cluster a larger node.',
  bad(definition) {
    for (const cluster of definition.clusters)
      cluster.apps = [
        app('huge', { image: 'a/b:1.0.0', port: 80, requests: { cpu: '100m', memory: '9Gi' } }),
      ];
  },
  *find({ plans, itemsOf }) {
    for (const plan of plans) {
      const { cluster } = plan;
      for (const { object, planned } of itemsOf(plan))
        for (const group of podGroups([object])) {
          if (fitsSomewhere(cluster, group)) continue;
          const workers = cluster.nodes.filter(({ worker }) => worker);
          const most = Math.max(...workers.map(({ machine }) => allocatableOf(machine).memory)) / 2 ** 30;
          const { name, cpu, memory } = group;
          yield {
            at: planned?.use.at ?? cluster.at,
            message: `${name} asks for ${cpu} cores and ${(memory / 2 ** 30).toFixed(1)} GiB; the largest node of ${cluster.name} has ${most.toFixed(1)} GiB for pods`,
          };
        }
    }
  },
};
