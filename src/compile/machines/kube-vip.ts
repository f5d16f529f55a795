import type { Cluster } from '../../model/index.ts';
import { toYaml } from '../yaml.ts';

/** Pinned; multi-architecture, arm64 included. */
const IMAGE = 'ghcr.io/kube-vip/kube-vip:v1.0.0';
const KUBECONFIG = '/etc/kubernetes/admin.conf';

/** Whether the control planes share an address that is none of their own. */
export function hasVirtualIp(cluster: Cluster): boolean {
  return cluster.nodes.every((node) => node.address !== cluster.controlPlaneAddress);
}

/**
 * A static pod for `/etc/kubernetes/manifests` that keeps the virtual IP at one living control plane. Talos does this
 * itself; kubeadm leaves it to somebody, and it has to work before there is a cluster, so it cannot come from Flux.
 */
export function kubeVip(cluster: Cluster): string {
  const env = {
    address: cluster.controlPlaneAddress,
    port: '6443',
    vip_arp: 'true',
    vip_subnet: '32',
    cp_enable: 'true',
    cp_namespace: 'kube-system',
    vip_leaderelection: 'true',
    vip_leaseduration: '5',
    vip_renewdeadline: '3',
    vip_retryperiod: '1',
  };
  return toYaml({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'kube-vip', namespace: 'kube-system' },
    spec: {
      hostNetwork: true,
      // The API server is reached on this node itself, before the virtual IP leads anywhere.
      hostAliases: [{ ip: '127.0.0.1', hostnames: ['kubernetes'] }],
      priorityClassName: 'system-node-critical',
      containers: [
        {
          name: 'kube-vip',
          image: IMAGE,
          args: ['manager'],
          env: Object.entries(env).map(([name, value]) => ({ name, value })),
          resources: { requests: { cpu: '25m', memory: '32Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
          securityContext: { capabilities: { drop: ['ALL'], add: ['NET_ADMIN', 'NET_RAW'] } },
          volumeMounts: [{ name: 'kubeconfig', mountPath: KUBECONFIG, readOnly: true }],
        },
      ],
      volumes: [{ name: 'kubeconfig', hostPath: { path: KUBECONFIG, type: 'File' } }],
    },
  });
}
