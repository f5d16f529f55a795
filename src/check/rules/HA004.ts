import { field, listAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

export const HA004: ObjectRule = {
  id: 'HA004',
  title: 'replicas that may all be on one node',
  severity: 'info',
  why: 'The scheduler often puts both on the emptier node: when it dies, both are gone, and the second was for nothing.',
  remedy: 'Add a pod anti-affinity or a topologySpreadConstraint over kubernetes.io/hostname.',
  references: ['https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/'],
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { replicas: 2, template: { spec: { containers: [{ name: web }] } } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec:
  replicas: 2
  template: { spec: { containers: [{ name: web }], topologySpreadConstraints: [{ maxSkew: 1, topologyKey: kubernetes.io/hostname }] } }
`,
  *inspect(world) {
    for (const { object, spec } of world.pods) {
      const replicas = Number(field(object, 'spec', 'replicas') ?? 1);
      if (replicas < 2 || object.kind === 'DaemonSet') continue;
      if (
        listAt(spec, 'topologySpreadConstraints').length > 0 ||
        field(spec, 'affinity', 'podAntiAffinity') !== undefined
      )
        continue;
      yield { object, message: `runs ${replicas} times, and nothing keeps them apart` };
    }
  },
};
