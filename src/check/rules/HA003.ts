import { field } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';
import { namespaceOf, selects, type World } from '../world.ts';

const TWO = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { replicas: 2, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }
`;

export const HA003: ObjectRule = {
  id: 'HA003',
  title: 'a disruption budget that never lets go',
  severity: 'warning',
  why: 'No pod of it may be moved, so a node with one of them can never be drained: an upgrade of the node hangs there.',
  remedy: 'Allow one to be away (maxUnavailable: 1), or run one more.',
  references: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/'],
  bad: `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: web }
spec: { minAvailable: 2, selector: { matchLabels: { app: web } } }
${TWO}`,
  good: `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: web }
spec: { minAvailable: 1, selector: { matchLabels: { app: web } } }
${TWO}`,
  *inspect(world) {
    for (const object of world.of('PodDisruptionBudget')) {
      const copies = copiesBehind(world, object);
      const [least, most] = [field(object, 'spec', 'minAvailable'), field(object, 'spec', 'maxUnavailable')];
      const away = most === undefined ? copies - amount(least ?? 0, copies) : amount(most, copies);
      if (copies > 0 && away < 1) yield { object, message: `lets none of its ${copies} pods be moved` };
    }
  },
};

function copiesBehind(world: World, budget: Parameters<typeof namespaceOf>[0]): number {
  return world.pods
    .filter(
      (pod) =>
        pod.namespace === namespaceOf(budget) && selects(field(budget, 'spec', 'selector'), pod.labels),
    )
    .filter(({ object }) => object.kind === 'Deployment' || object.kind === 'StatefulSet')
    .reduce((sum, { object }) => sum + Number(field(object, 'spec', 'replicas') ?? 1), 0);
}

/** A number of pods, or a share of them, rounded up as the controller does. */
function amount(value: unknown, of: number): number {
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  return percent === undefined ? Number(value) : Math.ceil((Number(percent) * of) / 100);
}
