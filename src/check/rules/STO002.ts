import { mapAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

const DEFAULT = 'storageclass.kubernetes.io/is-default-class';

export const STO002: ObjectRule = {
  id: 'STO002',
  title: 'two default storage classes',
  severity: 'warning',
  why: 'A claim that names none gets the newest of them: after a rebuilt cluster that may be the other one, with other disks and other replicas.',
  remedy: `Set the annotation ${DEFAULT} on one of them only.`,
  references: ['https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass'],
  bad: `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast, annotations: { ${DEFAULT}: 'true' } }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: slow, annotations: { ${DEFAULT}: 'true' } }
`,
  good: `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast, annotations: { ${DEFAULT}: 'true' } }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: slow }
`,
  *inspect(world) {
    const defaults = world
      .of('StorageClass')
      .filter((object) => mapAt(object, 'metadata', 'annotations')[DEFAULT] === 'true');
    for (const object of defaults.slice(1))
      yield { object, message: `is a default class, as is ${defaults[0]?.metadata.name ?? ''}` };
  },
};
