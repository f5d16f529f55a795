import { listAt, mapAt, textAt } from '../../kube/index.ts';
import { groupBy } from '../../util/index.ts';
import type { ObjectRule } from '../rule.ts';
import { matches, namespaceOf } from '../world.ts';

const DEPLOYMENT = (labels: string, name: string) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: web }
spec: { selector: { matchLabels: ${labels} }, template: { metadata: { labels: { app: web, part: ${name} } }, spec: { containers: [{ name: web }] } } }
`;

const WORKLOADS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

export const DEF016: ObjectRule = {
  id: 'DEF016',
  title: 'two workloads that claim the same pods',
  severity: 'error',
  why: 'Each counts the pods of the other as its own, deletes them and makes new ones, for ever.',
  remedy: 'Give each a label of its own in selector and template.',
  references: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector'],
  bad: `${DEPLOYMENT('{ app: web }', 'one')}${DEPLOYMENT('{ app: web }', 'two')}`,
  good: `${DEPLOYMENT('{ part: one }', 'one')}${DEPLOYMENT('{ part: two }', 'two')}`,
  *inspect(world) {
    const workloads = world.pods.filter(({ object }) => WORKLOADS.has(object.kind));
    const groups = groupBy(workloads, ({ object }) => `${object.kind}/${namespaceOf(object)}`);
    for (const pods of groups.values())
      for (const { object } of pods) {
        const labels = mapAt(object, 'spec', 'selector', 'matchLabels');
        if (
          Object.keys(labels).length === 0 ||
          listAt(object, 'spec', 'selector', 'matchExpressions').length > 0
        )
          continue;
        const other = pods.find((pod) => pod.object !== object && matches(labels, pod.labels));
        if (other !== undefined)
          yield {
            object,
            message: `selects the pods of ${textAt(other.object, 'metadata', 'name') ?? ''} too`,
          };
      }
  },
};
