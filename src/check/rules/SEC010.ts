import { listAt, textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

export const SEC010: ObjectRule = {
  id: 'SEC010',
  title: 'a workload that is cluster-admin',
  severity: 'warning',
  why: 'One hole in that program is a hole in everything: it can read all Secrets and start privileged pods on any node.',
  remedy: 'Bind the account to a role that has what the program needs.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege'],
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: dashboard }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects: [{ kind: ServiceAccount, name: dashboard, namespace: web }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: dashboard }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: ServiceAccount, name: dashboard, namespace: web }]
`,
  *inspect(world) {
    for (const object of world.of('ClusterRoleBinding')) {
      if (textAt(object, 'roleRef', 'name') !== 'cluster-admin') continue;
      for (const subject of listAt(object, 'subjects'))
        if (textAt(subject, 'kind') === 'ServiceAccount')
          yield {
            object,
            message: `makes ${textAt(subject, 'namespace') ?? ''}/${textAt(subject, 'name') ?? ''} cluster-admin`,
          };
    }
  },
};
