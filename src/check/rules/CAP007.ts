import { app } from '../../apps/index.ts';
import { placeAll } from '../../capacity/index.ts';
import { unique } from '../../util/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const CAP007: DefinitionRule = {
  id: 'CAP007',
  title: 'no room for what a lost node ran',
  severity: 'warning',
  why: 'When one node dies its pods go to the others; what finds no place there is down until the node is mended.',
  remedy: 'Ask for less, or add a node: `homeplane capacity` shows what is left without each.',
  bad(definition) {
    for (const cluster of definition.clusters)
      cluster.apps = ['one', 'two', 'three'].map((name) =>
        app(name, { image: 'a/b:1.0.0', port: 80, requests: { cpu: '10m', memory: '5Gi' } }),
      );
  },
  *find({ plans, worldOf }) {
    for (const plan of plans) {
      const { cluster } = plan;
      if (!cluster.policy.redundant || cluster.nodes.length < 2) continue;
      const { objects } = worldOf(plan);
      for (const { name } of cluster.nodes) {
        const homeless = placeAll(cluster, objects, name).map((pod) => `${pod.namespace}/${pod.name}`);
        if (homeless.length > 0)
          yield {
            at: cluster.at,
            message: `without ${name}, ${cluster.name} has no room for ${unique(homeless).join(', ')}`,
          };
      }
    }
  },
};
