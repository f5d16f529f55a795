import { type KubeObject, listAt, textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

const CLASS = `
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: driver.longhorn.io
`;

export const STO001: ObjectRule = {
  id: 'STO001',
  title: 'a volume of a class that is not there',
  severity: 'error',
  why: 'Nobody makes the volume: the claim and every pod that mounts it stay Pending, without an error.',
  remedy: 'Name a StorageClass that the cluster has, or leave the name out for the default one.',
  references: ['https://kubernetes.io/docs/concepts/storage/storage-classes/'],
  bad: `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: db }
spec: { storageClassName: fsat }
${CLASS}`,
  good: `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: db }
spec: { storageClassName: fast }
${CLASS}`,
  *inspect(world) {
    const names = new Set(world.of('StorageClass').map(({ metadata }) => metadata.name));
    // Without any, they come with what the nodes bring.
    if (!world.whole || names.size === 0) return;
    for (const object of world.of('PersistentVolumeClaim', 'StatefulSet', 'Prometheus', 'Alertmanager'))
      for (const name of classesOf(object))
        if (name !== '' && !names.has(name))
          yield { object, message: `wants a volume of class ${name}; there are ${[...names].join(', ')}` };
  },
};

function classesOf(object: KubeObject): string[] {
  const claims = [
    ...(object.kind === 'PersistentVolumeClaim' ? [object] : []),
    ...listAt(object, 'spec', 'volumeClaimTemplates'),
  ].map((claim) => textAt(claim, 'spec', 'storageClassName'));
  const operated = textAt(object, 'spec', 'storage', 'volumeClaimTemplate', 'spec', 'storageClassName');
  return [...claims, operated].flatMap((name) => name ?? []);
}
