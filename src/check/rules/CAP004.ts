import { field } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

export const CAP004: ObjectRule = {
  id: 'CAP004',
  title: 'a container that may take all memory',
  severity: 'warning',
  why: 'A leak in it makes the whole node run out: the kernel then kills whom it likes, the kubelet included.',
  remedy: 'Set a memory limit, twice what it uses when busy.',
  references: ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/'],
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { spec: { containers: [{ name: web, resources: { requests: { cpu: 10m, memory: 32Mi } } }] } } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { spec: { containers: [{ name: web, resources: { requests: { cpu: 10m, memory: 32Mi }, limits: { memory: 64Mi } } }] } } }
`,
  *inspect(world) {
    for (const { object, containers } of world.pods)
      for (const { name, init, fields } of containers)
        if (!init && field(fields, 'resources', 'limits', 'memory') === undefined)
          yield { object, message: `container ${name} has no memory limit` };
  },
};
