const READ = ['get', 'list', 'watch'];

/** Everything of the core group but Secrets; of the other groups all that a homelab has. */
export const VIEWER_RULES = [
  {
    apiGroups: [''],
    resources: [
      'configmaps',
      'endpoints',
      'events',
      'limitranges',
      'namespaces',
      'nodes',
      'persistentvolumeclaims',
      'persistentvolumes',
      'pods',
      'pods/log',
      'pods/status',
      'replicationcontrollers',
      'resourcequotas',
      'serviceaccounts',
      'services',
    ],
    verbs: READ,
  },
  {
    apiGroups: [
      'apps',
      'batch',
      'autoscaling',
      'policy',
      'networking.k8s.io',
      'discovery.k8s.io',
      'events.k8s.io',
    ],
    resources: ['*'],
    verbs: READ,
  },
  { apiGroups: ['storage.k8s.io', 'apiextensions.k8s.io', 'metrics.k8s.io'], resources: ['*'], verbs: READ },
  {
    apiGroups: [
      'source.toolkit.fluxcd.io',
      'kustomize.toolkit.fluxcd.io',
      'helm.toolkit.fluxcd.io',
      'notification.toolkit.fluxcd.io',
      'image.toolkit.fluxcd.io',
      'fluxcd.controlplane.io',
      'traefik.io',
      'cert-manager.io',
      'metallb.io',
      'longhorn.io',
      'monitoring.coreos.com',
      'aquasecurity.github.io',
    ],
    resources: ['*'],
    verbs: READ,
  },
];

/** What keeps a cluster running: nothing that changes what is in Git, and no Secret. */
export const OPERATOR_RULES = [
  { apiGroups: ['apps'], resources: ['deployments', 'statefulsets', 'daemonsets'], verbs: ['patch'] },
  { apiGroups: ['apps'], resources: ['deployments/scale', 'statefulsets/scale'], verbs: ['patch', 'update'] },
  { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'delete'] },
  { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
  { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
  { apiGroups: [''], resources: ['nodes'], verbs: ['patch'] },
  {
    apiGroups: ['source.toolkit.fluxcd.io', 'kustomize.toolkit.fluxcd.io', 'helm.toolkit.fluxcd.io'],
    resources: ['*'],
    verbs: ['patch'],
  },
];
