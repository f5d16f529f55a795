import { field, listAt, mapAt, textAt, wordAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';
import { matches, namespaceOf } from '../world.ts';

export const NET015: ObjectRule = {
  id: 'NET015',
  title: 'a Service port that its pods do not name',
  severity: 'error',
  why: 'A target port that is a name is looked up in the containers; where none has it, the Service has no endpoint for it.',
  remedy: 'Write the name of a port that the container declares, or its number.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports'],
  bad: `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: htpp }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, ports: [{ name: http, containerPort: 8080 }] }] } } }
`,
  good: `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, ports: [{ name: http, containerPort: 8080 }] }] } } }
`,
  *inspect(world) {
    for (const object of world.of('Service')) {
      const selector = mapAt(object, 'spec', 'selector');
      if (Object.keys(selector).length === 0) continue;
      const pods = world.pods.filter(
        (pod) => pod.namespace === namespaceOf(object) && matches(selector, pod.labels),
      );
      if (pods.length === 0) continue;
      const names = new Set(
        pods.flatMap(({ containers }) =>
          containers.flatMap(({ fields }) => listAt(fields, 'ports').map((port) => textAt(port, 'name'))),
        ),
      );
      for (const port of listAt(object, 'spec', 'ports')) {
        const target = field(port, 'targetPort');
        if (typeof target === 'string' && !/^\d+$/.test(target) && !names.has(target))
          yield {
            object,
            message: `sends port ${wordAt(port, 'port')} to ${target}, a name that no container behind it has`,
          };
      }
    }
  },
};
