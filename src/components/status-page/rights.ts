import type { Exports } from '../exports.ts';

const READ = ['get', 'list', 'watch'];

/** What the page may see: the kinds that it shows. Secrets and ConfigMaps are not among them. */
export const SEEN: readonly {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
}[] = [
  { apiGroups: [''], resources: ['events', 'nodes', 'persistentvolumeclaims', 'pods', 'services'] },
  { apiGroups: ['apps'], resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'] },
  { apiGroups: ['batch'], resources: ['jobs'] },
  { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'] },
  {
    apiGroups: ['source.toolkit.fluxcd.io'],
    resources: ['gitrepositories', 'helmcharts', 'helmrepositories'],
  },
  { apiGroups: ['kustomize.toolkit.fluxcd.io'], resources: ['kustomizations'] },
  { apiGroups: ['helm.toolkit.fluxcd.io'], resources: ['helmreleases'] },
  { apiGroups: ['monitoring.coreos.com'], resources: ['alertmanagers', 'prometheuses'] },
  { apiGroups: ['cert-manager.io'], resources: ['certificates'] },
  { apiGroups: ['longhorn.io'], resources: ['backups', 'replicas', 'volumes'] },
  { apiGroups: ['aquasecurity.github.io'], resources: ['configauditreports', 'vulnerabilityreports'] },
];

/** The rules of its role: to read, and to ask Prometheus and Alertmanager through the API server. */
export function pageRules(metrics: Exports['metrics'] | undefined): object[] {
  const asked = metrics === undefined ? [] : [metrics.prometheus, metrics.alertmanager];
  return [
    ...SEEN.map((seen) => ({ ...seen, verbs: READ })),
    { nonResourceURLs: ['/livez'], verbs: ['get'] },
    ...(asked.length === 0
      ? []
      : [
          {
            apiGroups: [''],
            resources: ['services/proxy'],
            resourceNames: asked.map(({ service, port }) => `http:${service}:${port}`),
            verbs: ['get'],
          },
        ]),
  ];
}
