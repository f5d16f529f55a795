import type { Alert, Endpoint, Flow } from './contribution.ts';

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

type Workload = 'deployment' | 'daemonset';

const UNAVAILABLE: Record<Workload, string> = {
  deployment: 'kube_deployment_status_replicas_unavailable',
  daemonset: 'kube_daemonset_status_number_unavailable',
};

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
    expr: `${UNAVAILABLE[kind]}{namespace="${namespace}",${kind}="${workload}"} > 0`,
    for: '10m',
    severity: 'critical',
    summary: `${kind} ${namespace}/${workload} has had pods missing for 10 minutes: ${consequence}`,
    runbook: `kubectl -n ${namespace} describe ${kind} ${workload}; kubectl -n ${namespace} get events --sort-by=.lastTimestamp`,
  };
}

/** The flow of whoever talks to the API server. */
export function apiFlow(from: Endpoint, why: string): Flow {
  return { name: 'kubernetes-api', from, to: { kind: 'kubernetes-api' }, ports: [], why };
}

/** The flow of whoever collects metrics; no policy comes of it where nobody does. */
export function metricsFlow(to: Endpoint, port: number, why: string): Flow {
  return { name: 'metrics', from: { kind: 'metrics' }, to, ports: [{ port }], why };
}
