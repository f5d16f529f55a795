import type { KubeObject } from '../kube/index.ts';
import {
  allocatableOf,
  type Cluster,
  type Node,
  parseBytes,
  reserveOf,
  toKubernetesMemory,
} from '../model/index.ts';

/** Put on everything that is simulated, so that it can be told apart wherever it is shown. */
export const SIMULATED = 'homeplane.dev/simulated';

/** A node that mirrors a machine of the definition. KWOK answers for its kubelet. */
export function nodeObject(cluster: Cluster, node: Node, kwokVersion: string): KubeObject {
  const { machine } = node;
  const reserve = reserveOf(machine);
  const allocatable = allocatableOf(machine);
  const pods = String(allocatable.pods);
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
        pods,
      },
      allocatable: {
        cpu: `${allocatable.milliCpu}m`,
        memory: toKubernetesMemory(allocatable.memory),
        'ephemeral-storage': toKubernetesMemory(diskBytes * (1 - reserve.evictionDisk)),
        pods,
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
