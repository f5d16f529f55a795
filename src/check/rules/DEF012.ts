import { field } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';
import { selects } from '../world.ts';

export const DEF012: ObjectRule = {
  id: 'DEF012',
  title: 'a workload that does not select its own pods',
  severity: 'error',
  why: 'The API server refuses it: its selector and the labels of its template must agree.',
  remedy: 'Give the template the labels that the selector wants.',
  references: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector'],
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: wbe } }, spec: { containers: [{ name: web }] } } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }
`,
  *inspect(world) {
    for (const { object, labels } of world.pods) {
      const selector = field(object, 'spec', 'selector');
      if (object.kind !== 'Job' && selector !== undefined && !selects(selector, labels))
        yield { object, message: 'selects labels that its own pods do not have' };
    }
  },
};
