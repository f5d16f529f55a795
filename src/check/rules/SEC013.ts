import { listAt, textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

const SOCKETS = /^(\/var)?\/run\/(docker|containerd|crio)(\.sock|\/|$)/;

export const SEC013: ObjectRule = {
  id: 'SEC013',
  title: 'a pod with the keys of its node',
  severity: 'warning',
  why: 'The root of the node or the socket of its container runtime is root on that node, and from there on the cluster.',
  remedy: 'Mount the one folder that is needed, read-only.',
  references: ['https://kubernetes.io/docs/concepts/storage/volumes/#hostpath'],
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: panel, namespace: web }
spec: { template: { spec: { containers: [{ name: panel }], volumes: [{ name: s, hostPath: { path: /var/run/docker.sock } }] } } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: panel, namespace: web }
spec: { template: { spec: { containers: [{ name: panel }], volumes: [{ name: s, emptyDir: {} }] } } }
`,
  *inspect(world) {
    for (const { object, spec } of world.pods)
      for (const volume of listAt(spec, 'volumes')) {
        const path = textAt(volume, 'hostPath', 'path');
        if (path !== undefined && (path === '/' || SOCKETS.test(path)))
          yield { object, message: `mounts ${path} of its node` };
      }
  },
};
