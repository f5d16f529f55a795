import type { KubeObject } from '../../kube/index.ts';

const GROUPS = [
  'source.toolkit.fluxcd.io',
  'kustomize.toolkit.fluxcd.io',
  'helm.toolkit.fluxcd.io',
  'notification.toolkit.fluxcd.io',
];

/** Account that Flux applies apps as: admin of their namespaces, and nothing else. */
export const APPS_ACCOUNT = 'apps';

/** Kinds that apps bring besides Kubernetes' own, as part of `admin` in a namespace. */
const APP_KINDS = {
  'traefik.io': ['ingressroutes', 'ingressroutetcps', 'ingressrouteudps', 'middlewares', 'serverstransports'],
  'helm.toolkit.fluxcd.io': ['helmreleases'],
  'cert-manager.io': ['certificates'],
  'monitoring.coreos.com': ['podmonitors', 'servicemonitors', 'prometheusrules', 'probes'],
};

function appKinds(): KubeObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: {
      name: 'homeplane-app-kinds',
      labels: { 'rbac.authorization.k8s.io/aggregate-to-admin': 'true' },
    },
    rules: Object.entries(APP_KINDS).map(([group, resources]) => ({
      apiGroups: [group],
      resources,
      verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
    })),
  };
}

/**
 * Who may see Flux objects, and who may ask for a reconciliation without being cluster-admin.
 * Aggregated into Kubernetes' own `view` and `edit`, so that no new binding is needed.
 */
export function fluxRoles(namespace: string): KubeObject[] {
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: APPS_ACCOUNT, namespace } },
    appKinds(),
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
