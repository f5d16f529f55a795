import { app } from '../../apps/index.ts';
import { fitsSomewhere, placeAll } from '../../capacity/index.ts';
import { unique } from '../../util/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const CAP006: DefinitionRule = {
  id: 'CAP006',
  title: 'more pods than the cluster has room for',
  severity: 'error',
  why: 'Each would fit alone; together they do not, and which of them stays Pending is chance.',
  remedy: 'Ask for less, take something away, or add a node: `homeplane capacity` shows who asks for what.',
  bad(definition) {
    for (const cluster of definition.clusters)
      cluster.apps = ['one', 'two', 'three', 'four', 'five'].map((name) =>
        app(name, { image: 'a/b:1.0.0', port: 80, requests: { cpu: '10m', memory: '5Gi' } }),
      );
  },
  *find({ plans, worldOf }) {
    for (const plan of plans) {
      // What no node can hold is CAP001's.
      const homeless = placeAll(plan.cluster, worldOf(plan).objects).filter((pod) =>
        fitsSomewhere(plan.cluster, pod),
      );
      const names = unique(homeless.map(({ namespace, name }) => `${namespace}/${name}`));
      if (names.length > 0)
        yield {
          at: plan.cluster.at,
          message: `${plan.cluster.name} has no room left for ${names.join(', ')}`,
        };
    }
  },
};
