import { app } from '../../apps/index.ts';
import { podGroups } from '../../capacity/index.ts';
import { allocatableOf } from '../../model/index.ts';
import type { Rule } from '../rule.ts';

export const CAP001: Rule = {
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
  *find({ plans }) {
    for (const { cluster, components } of plans) {
      const seats = cluster.nodes.filter(({ worker }) => worker).map(({ machine }) => allocatableOf(machine));
      for (const { use, contribution } of components)
        for (const { name, cpu, memory } of podGroups(contribution.objects ?? [])) {
          if (seats.some((seat) => cpu * 1000 <= seat.milliCpu && memory <= seat.memory)) continue;
          const most = Math.max(...seats.map((seat) => seat.memory)) / 2 ** 30;
          yield {
            at: use.at,
            message: `${name} asks for ${cpu} cores and ${(memory / 2 ** 30).toFixed(1)} GiB; the largest node of ${cluster.name} has ${most.toFixed(1)} GiB for pods`,
          };
        }
    }
  },
};
