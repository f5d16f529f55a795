import { z } from 'zod';
import type { KubeObject } from '../../kube/index.ts';
import { defineComponent } from '../contract.ts';
import { OPERATOR_RULES, VIEWER_RULES } from './roles.ts';

const groups = z.array(z.string().min(1));

/**
 * Who may do what: three roles, bound to groups of your certificates or of your identity provider.
 * @example access({ operators: ['family'] })
 */
export const access = defineComponent({
  name: 'access',
  layer: 'security',
  summary: 'Roles for people: viewers, operators and admins, bound to groups.',
  options: {
    /** See everything but Secrets. Default `homeplane:viewers`. */
    viewers: groups.default(['homeplane:viewers']),
    /** Restart, scale, reconcile, cordon and drain as well. Default `homeplane:operators`. */
    operators: groups.default(['homeplane:operators']),
    /** Everything. Default `homeplane:admins`. */
    admins: groups.default(['homeplane:admins']),
  },
  contribute(_context, { viewers, operators, admins }) {
    return {
      namespaces: [],
      releases: [],
      objects: [
        role('homeplane-viewer', VIEWER_RULES),
        role('homeplane-operator', [...VIEWER_RULES, ...OPERATOR_RULES]),
        ...binding('homeplane-viewers', 'homeplane-viewer', viewers),
        ...binding('homeplane-operators', 'homeplane-operator', operators),
        ...binding('homeplane-admins', 'cluster-admin', admins),
      ],
    };
  },
});

function role(name: string, rules: readonly object[]): KubeObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name },
    rules: [...rules],
  };
}

function binding(name: string, clusterRole: string, members: readonly string[]): KubeObject[] {
  if (members.length === 0) return [];
  return [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: clusterRole },
      subjects: members.map((group) => ({
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'Group',
        name: group,
      })),
    },
  ];
}
