import type { Cluster, Node } from '../model/index.ts';
import { mergeValues } from '../util/index.ts';
import { hasVirtualIp, kubeVip } from './kube-vip.ts';
import type { ClusterPlan } from './plan.ts';
import { toYaml } from './yaml.ts';

const API_PORT = 6443;

/** `machines/<cluster>/<node>/`: what the operating system of each node must be told. No secrets. */
export function machineFiles(plan: ClusterPlan): [string, string][] {
  const { cluster } = plan;
  return cluster.nodes.flatMap((node): [string, string][] => {
    const folder = `machines/${cluster.name}/${node.name}`;
    if (cluster.os.kind === 'talos') return [[`${folder}/talos-patch.yaml`, talosPatch(plan, node)]];
    const files: [string, string][] = [[`${folder}/kubeadm.yaml`, kubeadmConfig(cluster, node)]];
    if (node.controlPlane && hasVirtualIp(cluster)) files.push([`${folder}/kube-vip.yaml`, kubeVip(cluster)]);
    return files;
  });
}

/** A patch for `talosctl gen config --config-patch`; the hostname is a document of its own since Talos 1.13. */
function talosPatch({ cluster, components }: ClusterPlan, node: Node): string {
  const own: Record<string, unknown> = {
    machine: {
      install: { disk: node.machine.systemDisk.device },
      network: {
        nameservers: [...cluster.site.lan.nameservers],
        interfaces: [
          {
            deviceSelector: { physical: true },
            dhcp: false,
            addresses: [`${node.address}/${cluster.site.lan.subnet.prefix}`],
            routes: [{ network: '0.0.0.0/0', gateway: cluster.site.lan.gateway }],
            ...virtualIp(cluster, node),
          },
        ],
      },
      nodeLabels: nodeLabels(node),
    },
    cluster: {
      allowSchedulingOnControlPlanes: cluster.nodes.some((other) => other.controlPlane && other.worker),
      network: { podSubnets: [cluster.pods.text], serviceSubnets: [cluster.services.text] },
    },
  };
  const machine = components.reduce(
    (merged, { contribution }) => mergeValues(merged, contribution.hosts?.talos ?? {}),
    own,
  );
  return toYaml(machine, {
    apiVersion: 'v1alpha1',
    kind: 'HostnameConfig',
    hostname: node.name,
    auto: 'off',
  });
}

function virtualIp(cluster: Cluster, node: Node): Record<string, unknown> {
  return node.controlPlane && hasVirtualIp(cluster) ? { vip: { ip: cluster.controlPlaneAddress } } : {};
}

function nodeLabels(node: Node): Record<string, string> {
  return { 'topology.kubernetes.io/zone': node.zone, ...node.labels };
}

const KUBEADM = 'kubeadm.k8s.io/v1beta4';
/** Written by the bootstrap, with the cluster's CA and a token: no secret may be in the tree. */
const DISCOVERY = '/etc/kubernetes/discovery.conf';

/** The first control plane makes the cluster, the others and the workers join it. */
function kubeadmConfig(cluster: Cluster, node: Node): string {
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
