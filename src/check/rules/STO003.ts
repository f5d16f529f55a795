import { field, listAt, textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

export const STO003: ObjectRule = {
  id: 'STO003',
  title: 'a database on a disk that ends with its pod',
  severity: 'warning',
  why: 'An emptyDir is gone when the pod moves: the first update or drained node starts the database anew, empty.',
  remedy: 'Give it a PersistentVolumeClaim.',
  references: ['https://kubernetes.io/docs/concepts/storage/volumes/#emptydir'],
  bad: `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: db }
spec:
  template:
    spec:
      containers: [{ name: db, image: 'postgres:18.1', volumeMounts: [{ name: data, mountPath: /var/lib/postgresql/data }] }]
      volumes: [{ name: data, emptyDir: {} }]
`,
  good: `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: db }
spec:
  template:
    spec: { containers: [{ name: db, image: 'postgres:18.1', volumeMounts: [{ name: data, mountPath: /var/lib/postgresql/data }] }] }
  volumeClaimTemplates: [{ metadata: { name: data } }]
`,
  *inspect(world) {
    for (const { object, spec, containers } of world.pods) {
      const fleeting = new Set(
        listAt(spec, 'volumes')
          .filter((volume) => field(volume, 'emptyDir') !== undefined)
          .map((volume) => textAt(volume, 'name')),
      );
      for (const { name, fields } of containers) {
        if (!DATABASE.test(textAt(fields, 'image') ?? '')) continue;
        for (const mount of listAt(fields, 'volumeMounts')) {
          const path = textAt(mount, 'mountPath') ?? '';
          if (fleeting.has(textAt(mount, 'name')) && /^(\/var\/lib\/|\/data|\/bitnami\/)/.test(path))
            yield { object, message: `container ${name} keeps ${path} in an emptyDir` };
        }
      }
    }
  },
};

const DATABASE =
  /(^|\/)(postgres|postgresql|mysql|mariadb|mongo|mongodb|influxdb|cloudnative-pg\/postgresql)(:|@|$)/;
