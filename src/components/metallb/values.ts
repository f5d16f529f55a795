import type { Cluster } from '../../model/index.ts';
import { resources } from '../shared.ts';

export function metallbValues(cluster: Cluster): Record<string, unknown> {
  return {
    // FRR is for BGP: a DaemonSet of five containers on every node that Layer 2 does not need.
    frrk8s: { enabled: false },
    speaker: {
      frr: { enabled: false },
      // Talos and kubeadm label control planes "exclude from external load balancers"; where they also run
      // workloads, a speaker that obeys would leave a small cluster with nobody to announce its addresses.
      ignoreExcludeLB: cluster.nodes.some((node) => node.controlPlane && node.worker),
      priorityClassName: 'system-node-critical',
      resources: resources({ cpu: '25m', memory: '40Mi' }, { cpu: '200m', memory: '128Mi' }),
    },
    controller: {
      priorityClassName: 'system-cluster-critical',
      resources: resources({ cpu: '25m', memory: '48Mi' }, { cpu: '200m', memory: '128Mi' }),
    },
  };
}
