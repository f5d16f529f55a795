import { resources } from '../shared.ts';

/** A node that dies takes one webhook with it, not both: without any, no certificate can be written. */
const SPREAD = {
  maxSkew: 1,
  topologyKey: 'kubernetes.io/hostname',
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: { 'app.kubernetes.io/component': 'webhook' } },
};

export function certManagerValues(webhookReplicas: number): Record<string, unknown> {
  return {
    crds: { enabled: true, keep: true },
    global: {
      priorityClassName: 'system-cluster-critical',
      // Its default, kube-system, would need rights outside the component's own namespace.
      leaderElection: { namespace: 'cert-manager' },
    },
    // The router may answer for the zone itself (split horizon) and hide the challenge: ask the Internet.
    dns01RecursiveNameservers: '1.1.1.1:53,9.9.9.9:53',
    dns01RecursiveNameserversOnly: true,
    resources: resources({ cpu: '25m', memory: '64Mi' }, { cpu: '250m', memory: '192Mi' }),
    webhook: {
      replicaCount: webhookReplicas,
      podDisruptionBudget: { enabled: webhookReplicas > 1 },
      topologySpreadConstraints: webhookReplicas > 1 ? [SPREAD] : [],
      resources: resources({ cpu: '10m', memory: '32Mi' }, { cpu: '100m', memory: '96Mi' }),
    },
    cainjector: {
      resources: resources({ cpu: '10m', memory: '64Mi' }, { cpu: '200m', memory: '192Mi' }),
    },
    startupapicheck: {
      resources: resources({ cpu: '10m', memory: '32Mi' }, { cpu: '100m', memory: '64Mi' }),
    },
  };
}
