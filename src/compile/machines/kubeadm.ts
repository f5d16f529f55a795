import type { Cluster, Node } from '../../model/index.ts';
import { toYaml } from '../yaml.ts';
import { nodeLabels } from './labels.ts';

const API_PORT = 6443;
const KUBEADM = 'kubeadm.k8s.io/v1beta4';
/** Written by the bootstrap, with the cluster's CA and a token: no secret may be in the tree. */
const DISCOVERY = '/etc/kubernetes/discovery.conf';

/** The first control plane makes the cluster, the others and the workers join it. */
export function kubeadmConfig(cluster: Cluster, node: Node): string {
  const first = cluster.nodes.find((other) => other.controlPlane);
  return node === first ? kubeadmInit(cluster, node) : kubeadmJoin(node);
}

function kubeadmInit(cluster: Cluster, node: Node): string {
  return toYaml(
    {
      apiVersion: KUBEADM,
      kind: 'InitConfiguration',
      localAPIEndpoint: { advertiseAddress: node.address, bindPort: API_PORT },
      nodeRegistration: nodeRegistration(node),
    },
    {
      apiVersion: KUBEADM,
      kind: 'ClusterConfiguration',
      clusterName: cluster.name,
      kubernetesVersion: `v${cluster.kubernetes}`,
      controlPlaneEndpoint: `${cluster.controlPlaneAddress}:${API_PORT}`,
      networking: {
        podSubnet: cluster.pods.text,
        serviceSubnet: cluster.services.text,
        dnsDomain: 'cluster.local',
      },
    },
  );
}

function kubeadmJoin(node: Node): string {
  const controlPlane = { localAPIEndpoint: { advertiseAddress: node.address, bindPort: API_PORT } };
  return toYaml({
    apiVersion: KUBEADM,
    kind: 'JoinConfiguration',
    discovery: { file: { kubeConfigPath: DISCOVERY } },
    nodeRegistration: nodeRegistration(node),
    ...(node.controlPlane ? { controlPlane } : {}),
  });
}

function nodeRegistration(node: Node): Record<string, unknown> {
  const labels = Object.entries(nodeLabels(node)).map(([key, value]) => `${key}=${value}`);
  return {
    name: node.name,
    kubeletExtraArgs: [
      { name: 'node-ip', value: node.address },
      { name: 'node-labels', value: labels.join(',') },
    ],
    // kubeadm taints control planes unless told that there is nothing to taint.
    ...(node.controlPlane && node.worker ? { taints: [] } : {}),
  };
}
