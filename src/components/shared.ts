import type { KubeObject } from '../kube/index.ts';
import type { Alert, Contribution, Endpoint, Flow, Scrape, Series } from './contribution.ts';
import type { Exports } from './exports.ts';

/**
 * Requests and limits of one container, in the form every chart takes.
 * CPU is limited too: these boards are passively cooled, and one busy pod must not throttle its neighbours.
 */
export function resources(
  request: { cpu: string; memory: string },
  limit: { cpu: string; memory: string },
): { requests: { cpu: string; memory: string }; limits: { cpu: string; memory: string } } {
  return { requests: request, limits: limit };
}

/** Pods of a namespace by their labels; no labels mean all of them. */
export function pods(namespace: string, labels: Record<string, string> = {}): Endpoint {
  return { kind: 'pods', namespace, labels };
}

/** The objects that a contribution makes itself, not its charts. */
export function ownObjects({ objects = [], config = [] }: Contribution): KubeObject[] {
  return [...objects, ...config.map(({ object }) => object)];
}

/** Whether the volume of a claim with these labels is copied to somewhere else: all are, but those that say otherwise. */
export function isBackedUp(
  storage: Exports['storage'] | undefined,
  labels: Readonly<Record<string, string>> = {},
): boolean {
  if (storage?.backedUp !== true) return false;
  const exempt = Object.entries(storage.claimLabels(false));
  return exempt.length === 0 || !exempt.every(([key, value]) => labels[key] === value);
}

type Workload = 'deployment' | 'daemonset' | 'statefulset';

/** The alert every component owes: one of its workloads has had pods missing for ten minutes. */
export function workloadDown(
  alert: string,
  kind: Workload,
  namespace: string,
  workload: string,
  consequence: string,
): Alert {
  return {
    name: alert,
    ...missingPods(kind, `{namespace="${namespace}",${kind}="${workload}"}`),
    for: '10m',
    severity: 'critical',
    summary: `${kind} ${namespace}/${workload} has had pods missing for 10 minutes: ${consequence}`,
    runbook: `kubectl -n ${namespace} describe ${kind} ${workload}; kubectl -n ${namespace} get events --sort-by=.lastTimestamp`,
  };
}

/** kube-state-metrics counts the missing pods of two kinds, and the ready ones of the third. */
function missingPods(kind: Workload, of: string): { expr: string; fires: Series; quiet: Series } {
  if (kind === 'statefulset') {
    const [wanted, ready] = [`kube_statefulset_replicas${of}`, `kube_statefulset_status_replicas_ready${of}`];
    return {
      expr: `${wanted} - ${ready} > 0`,
      fires: { [wanted]: '2x30', [ready]: '1x30' },
      quiet: { [wanted]: '2x30', [ready]: '2x30' },
    };
  }
  const metric =
    kind === 'deployment'
      ? 'kube_deployment_status_replicas_unavailable'
      : 'kube_daemonset_status_number_unavailable';
  const series = `${metric}${of}`;
  return { expr: `${series} > 0`, fires: { [series]: '1x30' }, quiet: { [series]: '0x30' } };
}

/** The flow of whoever talks to the API server. */
export function apiFlow(from: Endpoint, why: string): Flow {
  return { name: 'kubernetes-api', from, to: { kind: 'kubernetes-api' }, ports: [], why };
}

/** The flow of whoever collects metrics; no policy comes of it where nobody does. */
export function metricsFlow(to: Endpoint, port: number, why: string, scrape: Scrape = {}): Flow {
  return { name: 'metrics', from: { kind: 'metrics' }, to, ports: [{ port }], why, scrape };
}

/** Values of a counter that grows by a rate a second, a minute apart, for a test of promtool. */
export function counter(perSecond: number, minutes: number): string {
  return `0+${Number((perSecond * 60).toPrecision(6))}x${minutes}`;
}

/** Annotation of routes that are meant to be seen from outside. */
export const PUBLIC = {
  name: 'homeplane.dev/public',
  value: 'true',
  /** Annotation with the name that a public name leads to. */
  target: 'external-dns.alpha.kubernetes.io/target',
} as const;

/** A container that may do nothing special: what the level `restricted` asks for, and a file system it cannot write to. */
export const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} as const;

/** The pod around such containers. */
export function restrictedPod(user: number): object {
  return {
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      fsGroup: user,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };
}

/** A Deployment of one pod that is replaced, never doubled: what it does must not be done twice at once. */
export function onePodDeployment(
  metadata: { readonly name: string; readonly namespace: string; readonly labels: Record<string, string> },
  pod: object,
): KubeObject {
  const { labels } = metadata;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: pod },
    },
  };
}

/** An account for a component's pods, and what of the whole cluster it may see. */
export function account(name: string, namespace: string, rules: readonly object[]): KubeObject[] {
  const api = 'rbac.authorization.k8s.io';
  const role = `homeplane-${name}`;
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
    { apiVersion: `${api}/v1`, kind: 'ClusterRole', metadata: { name: role }, rules: [...rules] },
    {
      apiVersion: `${api}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: role },
      roleRef: { apiGroup: api, kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
  ];
}
