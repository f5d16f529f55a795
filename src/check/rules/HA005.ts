import { field, listAt, textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

const CLAIM = `
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: db }
spec: { accessModes: [ReadWriteOnce] }
`;

export const HA005: ObjectRule = {
  id: 'HA005',
  title: 'an update that waits for its own volume',
  severity: 'error',
  why: 'The new pod is started before the old one ends, and a volume for one node cannot be attached to a second: the update hangs, or two programs write one database.',
  remedy: 'Set strategy: { type: Recreate }, or use a StatefulSet.',
  references: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy'],
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: db, namespace: db }
spec: { template: { spec: { containers: [{ name: db }], volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }] } } }
${CLAIM}`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: db, namespace: db }
spec:
  strategy: { type: Recreate }
  template: { spec: { containers: [{ name: db }], volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }] } }
${CLAIM}`,
  mend: ({ kind }) =>
    kind === 'Deployment' ? [{ path: ['spec', 'strategy'], value: { type: 'Recreate' } }] : [],
  *inspect(world) {
    for (const { object, namespace, spec } of world.pods) {
      if (object.kind !== 'Deployment' || textAt(object, 'spec', 'strategy', 'type') === 'Recreate') continue;
      // Told to end the old one first, it does.
      if (field(object, 'spec', 'strategy', 'rollingUpdate', 'maxSurge') === 0) continue;
      for (const volume of listAt(spec, 'volumes')) {
        const name = textAt(volume, 'persistentVolumeClaim', 'claimName');
        const claim = name === undefined ? undefined : world.find('PersistentVolumeClaim', namespace, name);
        const modes = listAt(claim, 'spec', 'accessModes');
        if (
          claim !== undefined &&
          modes.length > 0 &&
          modes.every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod')
        )
          yield {
            object,
            message: `is updated by starting a second pod, and its volume ${name} is for one node`,
          };
      }
    }
  },
};
