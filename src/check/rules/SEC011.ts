import { listAt, textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

export const SEC011: ObjectRule = {
  id: 'SEC011',
  title: 'rights for every pod of a namespace',
  severity: 'warning',
  why: 'A pod that names no account runs as `default`: what that may do, every pod there may do, also the next one.',
  remedy: 'Make an account for the pod that needs it, and bind the role to that.',
  references: ['https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts'],
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: reader, namespace: web }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: ServiceAccount, name: default, namespace: web }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: reader, namespace: web }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: ServiceAccount, name: reader, namespace: web }]
`,
  *inspect(world) {
    for (const object of world.of('RoleBinding', 'ClusterRoleBinding'))
      for (const subject of listAt(object, 'subjects'))
        if (textAt(subject, 'kind') === 'ServiceAccount' && textAt(subject, 'name') === 'default')
          yield {
            object,
            message: `gives the default account of ${textAt(subject, 'namespace') ?? 'its namespace'} a role`,
          };
  },
};
