import type { KubeObject } from '../kube/index.ts';
import { type Cluster, type Node, parseBytes, toKubernetesMemory } from '../model/index.ts';

/** Put on everything that is simulated, so that it can be told apart wherever it is shown. */
export const SIMULATED = 'homeplane.dev/simulated';

/**
 * What the operating system and the kubelet keep for themselves: Talos' kubelet default of 50m CPU and 192 MiB
 * (talos.dev, KubeletConfig `systemReserved`), and the kubelet's own eviction threshold of 100 MiB and 10 % of the
 * disk (kubernetes.io, "Node-pressure Eviction"). kubeadm reserves nothing, but systemd needs as much.
 */
const RESERVED = { milliCpu: 50, memoryBytes: 292 * 2 ** 20, diskShare: 0.1 };

/** The kubelet's default, kubernetes.io "Considerations for large clusters". */
const PODS_PER_NODE = '110';

/** A node that mirrors a machine of the definition. KWOK answers for its kubelet. */
export function nodeObject(cluster: Cluster, node: Node, kwokVersion: string): KubeObject {
  const { machine } = node;
  const diskBytes = parseBytes(machine.systemDisk.size) ?? 0;
  const osImage =
    cluster.os.kind === 'talos' ? `Talos (v${cluster.os.version})` : `Ubuntu ${cluster.os.release} LTS`;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: node.name,
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
      labels: {
        ...node.labels,
        ...roleLabels(node),
        'kubernetes.io/arch': machine.arch,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/hostname': node.name,
        'topology.kubernetes.io/zone': node.zone,
        [SIMULATED]: 'node',
      },
    },
    spec: node.controlPlane && !node.worker ? { taints: [CONTROL_PLANE_TAINT] } : {},
    status: {
      addresses: [
        { type: 'InternalIP', address: node.address },
        { type: 'Hostname', address: node.name },
      ],
      capacity: {
        cpu: String(machine.cores),
        memory: toKubernetesMemory(machine.memory),
        'ephemeral-storage': toKubernetesMemory(diskBytes),
        pods: PODS_PER_NODE,
      },
      allocatable: {
        cpu: `${machine.cores * 1000 - RESERVED.milliCpu}m`,
        memory: toKubernetesMemory(machine.memory - RESERVED.memoryBytes),
        'ephemeral-storage': toKubernetesMemory(diskBytes * (1 - RESERVED.diskShare)),
        pods: PODS_PER_NODE,
      },
      nodeInfo: {
        architecture: machine.arch,
        operatingSystem: 'linux',
        osImage,
        kubeletVersion: `v${cluster.kubernetes}`,
        containerRuntimeVersion: `kwok://${kwokVersion}`,
        kernelVersion: 'simulated',
        kubeProxyVersion: '',
        bootID: '',
        machineID: '',
        systemUUID: '',
      },
    },
  };
}

const CONTROL_PLANE_TAINT = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' };

/** Talos and kubeadm both set these on control planes. */
function roleLabels(node: Node): Record<string, string> {
  if (!node.controlPlane) return {};
  return {
    'node-role.kubernetes.io/control-plane': '',
    'node.kubernetes.io/exclude-from-external-load-balancers': '',
  };
}
