import type { Cluster, Node } from '../model/index.ts';
import { mergeValues } from '../util/index.ts';
import type { ClusterPlan } from './plan.ts';
import { toYaml } from './yaml.ts';

/** `machines/<cluster>/<node>/`: what the operating system of each node must be told. No secrets. */
export function machineFiles(plan: ClusterPlan): [string, string][] {
  const { cluster } = plan;
  return cluster.nodes.map((node): [string, string] => {
    const folder = `machines/${cluster.name}/${node.name}`;
    return cluster.os.kind === 'talos'
      ? [`${folder}/talos-patch.yaml`, talosPatch(plan, node)]
      : [`${folder}/kubeadm.yaml`, kubeadmConfig(cluster, node)];
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
  const shared = cluster.nodes.every((other) => other.address !== cluster.controlPlaneAddress);
  return node.controlPlane && shared ? { vip: { ip: cluster.controlPlaneAddress } } : {};
}

function nodeLabels(node: Node): Record<string, string> {
  return { 'topology.kubernetes.io/zone': node.zone, ...node.labels };
}

function kubeadmConfig(cluster: Cluster, node: Node): string {
  const labels = Object.entries(nodeLabels(node)).map(([key, value]) => `${key}=${value}`);
  const registration = {
    name: node.name,
    kubeletExtraArgs: [
      { name: 'node-ip', value: node.address },
      { name: 'node-labels', value: labels.join(',') },
    ],
    // kubeadm taints control planes unless told that there is nothing to taint.
    ...(node.controlPlane && node.worker ? { taints: [] } : {}),
  };
  const api = 'kubeadm.k8s.io/v1beta4';
  if (!node.controlPlane) {
    return toYaml({ apiVersion: api, kind: 'JoinConfiguration', nodeRegistration: registration });
  }
  return toYaml(
    {
      apiVersion: api,
      kind: 'InitConfiguration',
      localAPIEndpoint: { advertiseAddress: node.address, bindPort: 6443 },
      nodeRegistration: registration,
    },
    {
      apiVersion: api,
      kind: 'ClusterConfiguration',
      clusterName: cluster.name,
      kubernetesVersion: `v${cluster.kubernetes}`,
      controlPlaneEndpoint: `${cluster.controlPlaneAddress}:6443`,
      networking: {
        podSubnet: cluster.pods.text,
        serviceSubnet: cluster.services.text,
        dnsDomain: 'cluster.local',
      },
    },
  );
}
