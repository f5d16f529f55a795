import { mapAt, textAt } from '../../kube/index.ts';
import { operatedNamespaces } from '../operated.ts';
import type { ObjectRule } from '../rule.ts';
import { matches, namespaceOf } from '../world.ts';

export const NET014: ObjectRule = {
  id: 'NET014',
  title: 'a Service that no pod answers',
  severity: 'warning',
  why: 'Its address exists and every connection to it is refused: nothing has the labels that it selects.',
  remedy: "Make its selector the labels of the workload's pod template.",
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/'],
  bad: `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: web }
spec: { selector: { app: wbe }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }
`,
  good: `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }
`,
  *inspect(world) {
    const operated = operatedNamespaces(world);
    for (const object of world.of('Service')) {
      const selector = mapAt(object, 'spec', 'selector');
      const namespace = namespaceOf(object);
      if (Object.keys(selector).length === 0 || textAt(object, 'spec', 'type') === 'ExternalName') continue;
      // Without any workload there it belongs to pods that somebody else makes.
      const pods = world.pods.filter((pod) => pod.namespace === namespace);
      if (pods.length === 0 || operated.has(namespace)) continue;
      if (!pods.some(({ labels }) => matches(selector, labels)))
        yield { object, message: `selects ${JSON.stringify(selector)}, which no pod of ${namespace} has` };
    }
  },
};
