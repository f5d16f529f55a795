import { field, type KubeObject, listAt, objectName, textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

export const NET022: ObjectRule = {
  id: 'NET022',
  title: 'a port of the nodes that two want',
  severity: 'error',
  why: 'A node port is given once in a cluster: the API server refuses the second Service that asks for it.',
  remedy: 'Leave nodePort out, or take another between 30000 and 32767.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport'],
  bad: `
apiVersion: v1
kind: Service
metadata: { name: one, namespace: web }
spec: { type: NodePort, ports: [{ port: 80, nodePort: 30080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: two, namespace: web }
spec: { type: NodePort, ports: [{ port: 80, nodePort: 30080 }] }
`,
  good: `
apiVersion: v1
kind: Service
metadata: { name: one, namespace: web }
spec: { type: NodePort, ports: [{ port: 80, nodePort: 30080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: two, namespace: web }
spec: { type: NodePort, ports: [{ port: 80 }] }
`,
  *inspect(world) {
    const takers = new Map<string, KubeObject>();
    for (const object of world.of('Service'))
      for (const port of listAt(object, 'spec', 'ports')) {
        const number = field(port, 'nodePort');
        if (typeof number !== 'number') continue;
        const wanted = `${number}/${textAt(port, 'protocol') ?? 'TCP'}`;
        const other = takers.get(wanted);
        if (other !== undefined)
          yield { object, message: `asks for node port ${wanted}, as does ${objectName(other)}` };
        takers.set(wanted, object);
      }
  },
};
