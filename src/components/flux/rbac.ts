import type { KubeObject } from '../../kube/index.ts';

const GROUPS = [
  'source.toolkit.fluxcd.io',
  'kustomize.toolkit.fluxcd.io',
  'helm.toolkit.fluxcd.io',
  'notification.toolkit.fluxcd.io',
];

/**
 * Who may see Flux objects, and who may ask for a reconciliation without being cluster-admin.
 * Aggregated into Kubernetes' own `view` and `edit`, so that no new binding is needed.
 */
export function fluxRoles(): KubeObject[] {
  return [
    role('homeplane-flux-view', 'view', ['get', 'list', 'watch']),
    // A reconciliation is requested, and an object suspended, by patching it.
    role('homeplane-flux-reconcile', 'edit', ['get', 'list', 'watch', 'patch']),
  ];
}

function role(name: string, into: 'view' | 'edit', verbs: string[]): KubeObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name, labels: { [`rbac.authorization.k8s.io/aggregate-to-${into}`]: 'true' } },
    rules: [{ apiGroups: GROUPS, resources: ['*'], verbs }],
  };
}
