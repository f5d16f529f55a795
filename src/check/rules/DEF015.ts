import { listAt, textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

const NAME = /^(?=.*[a-z])[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

export const DEF015: ObjectRule = {
  id: 'DEF015',
  title: 'a port name that Kubernetes does not take',
  severity: 'error',
  why: 'The API server refuses the pod: the name of a port has 15 characters at most and is unlike any other of its pod.',
  remedy: 'Shorten it: lower-case letters, digits and dashes.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports'],
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { spec: { containers: [{ name: web, ports: [{ name: prometheus-metrics, containerPort: 9090 }] }] } } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { spec: { containers: [{ name: web, ports: [{ name: metrics, containerPort: 9090 }] }] } } }
`,
  *inspect(world) {
    for (const { object, containers } of world.pods)
      for (const { name, fields } of containers)
        for (const port of listAt(fields, 'ports')) {
          const portName = textAt(port, 'name');
          if (portName !== undefined && (portName.length > 15 || !NAME.test(portName)))
            yield { object, message: `container ${name} has a port ${portName}` };
        }
  },
};
