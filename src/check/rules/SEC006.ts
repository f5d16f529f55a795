import { listAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

export const SEC006: ObjectRule = {
  id: 'SEC006',
  title: 'a role that may do everything',
  severity: 'warning',
  why: 'Whoever takes over one pod with this role has the whole cluster, its Secrets included.',
  remedy: 'Name the API groups, resources and verbs that are needed.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: helper }
rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: helper }
rules: [{ apiGroups: [''], resources: [pods], verbs: [get, list, watch] }]
`,
  *inspect(world) {
    for (const object of world.of('Role', 'ClusterRole')) {
      const all = listAt(object, 'rules').some((rule) =>
        ['apiGroups', 'resources', 'verbs'].every((key) => listAt(rule, key).includes('*')),
      );
      if (all) yield { object, message: 'allows every verb on every resource' };
    }
  },
};
