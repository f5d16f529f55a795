import type { Cluster } from '../model/index.ts';
import type { PodGroup } from './pods.ts';

const MIB = 2 ** 20;
const NAMESPACE = 'kube-system';

/** Cores and MiB of the control plane's own pods. */
const CONTROL_PLANE = {
  // Kubernetes 1.36, cmd/kubeadm/app/phases/controlplane and etcd; kube-proxy asks for nothing.
  ubuntu: {
    'kube-apiserver': [0.25, 0],
    'kube-controller-manager': [0.2, 0],
    'kube-scheduler': [0.1, 0],
    etcd: [0.1, 100],
  },
  // Talos 1.13, pkg/machinery/constants; etcd is not a pod there.
  talos: {
    'kube-apiserver': [0.2, 512],
    'kube-controller-manager': [0.05, 256],
    'kube-scheduler': [0.01, 64],
  },
} as const;

/** What the cluster itself runs before anything of the definition does. */
export function systemPods({ nodes, os }: Cluster): PodGroup[] {
  const planes = nodes.filter(({ controlPlane }) => controlPlane);
  const common = { namespace: NAMESPACE, copies: 1, apart: false };
  return [
    ...planes.flatMap(({ name: node }) =>
      Object.entries(CONTROL_PLANE[os.kind]).map(([name, [cpu, mib]]) => ({
        ...common,
        name,
        cpu,
        memory: mib * MIB,
        node,
      })),
    ),
    { ...common, name: 'kube-proxy', copies: 'one on each node', cpu: 0, memory: 0 },
    // Two of them: kubeadm and Talos alike.
    { ...common, name: 'coredns', copies: 2, cpu: 0.1, memory: 70 * MIB },
  ];
}
