import { listAt, textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

export const DEF013: ObjectRule = {
  id: 'DEF013',
  title: 'a mount without its volume',
  severity: 'error',
  why: 'The API server refuses the pod: it mounts a volume by a name that the pod does not have.',
  remedy: 'Add the volume, or write its name right.',
  references: ['https://kubernetes.io/docs/concepts/storage/volumes/'],
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { spec: { containers: [{ name: web, volumeMounts: [{ name: dta, mountPath: /data }] }], volumes: [{ name: data, emptyDir: {} }] } } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { spec: { containers: [{ name: web, volumeMounts: [{ name: data, mountPath: /data }] }], volumes: [{ name: data, emptyDir: {} }] } } }
`,
  *inspect(world) {
    for (const { object, spec, containers } of world.pods) {
      const claims = listAt(object, 'spec', 'volumeClaimTemplates').map((claim) =>
        textAt(claim, 'metadata', 'name'),
      );
      const volumes = new Set([
        ...claims,
        ...listAt(spec, 'volumes').map((volume) => textAt(volume, 'name')),
      ]);
      for (const { name, fields } of containers)
        for (const mount of listAt(fields, 'volumeMounts')) {
          const wanted = textAt(mount, 'name') ?? '';
          if (!volumes.has(wanted))
            yield { object, message: `container ${name} mounts ${wanted}, and there is no such volume` };
        }
    }
  },
};
