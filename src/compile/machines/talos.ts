import type { Cluster, Disk, Node } from '../../model/index.ts';
import { mergeValues } from '../../util/index.ts';
import { toYaml } from '../yaml.ts';
import { AUDIT_POLICY, KUBELET } from './hardening.ts';
import type { CombinedNeeds } from './host-needs.ts';
import { hasVirtualIp } from './kube-vip.ts';
import { kubeletReserves } from './kubelet.ts';
import { nodeLabels } from './labels.ts';
import { schedulerConfig } from './scheduler.ts';

/** A patch for `talosctl gen config --config-patch`; hostname and volumes are documents of their own. */
export function talosPatch(cluster: Cluster, node: Node, needs: CombinedNeeds, installer: string): string {
  const modules = needs.kernelModules.filter((name) => !BUILT_IN.has(name)).map((name) => ({ name }));
  const own: Record<string, unknown> = {
    machine: {
      install: { disk: node.machine.systemDisk.device, image: installer },
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
      time: { servers: [...cluster.site.lan.timeServers] },
      kubelet: { extraConfig: kubeletReserves(node.machine) },
      sysfs: governors(node.machine.cores),
      nodeLabels: nodeLabels(node),
      ...(modules.length === 0 ? {} : { kernel: { modules } }),
    },
    cluster: {
      allowSchedulingOnControlPlanes: cluster.nodes.some((other) => other.controlPlane && other.worker),
      network: { podSubnets: [cluster.pods.text], serviceSubnets: [cluster.services.text] },
      ...(node.controlPlane ? { scheduler: { config: schedulerConfig(cluster.policy) } } : {}),
    },
  };
  const volumes = needs.dataVolumes
    .filter(({ nodes }) => nodes.includes(node.name))
    .map(({ name }) => userVolume(name, node.machine.dataDisk));
  const documents = [
    own,
    ...(cluster.policy.hardened ? [hardening()] : []),
    ...(needs.controlPlaneMetrics && node.controlPlane ? [openMetrics()] : []),
    needs.talos,
  ];
  return toYaml(
    documents.reduce((merged, more) => mergeValues(merged, more)),
    { apiVersion: 'v1alpha1', kind: 'HostnameConfig', hostname: node.name, auto: 'off' },
    ...volumes,
  );
}

/** The kernel's own governor: it follows the scheduler's load, and cools down what idles. Cores may share a policy. */
function governors(cores: number): Record<string, string> {
  // The RK3588's clusters are policies 0, 4 and 6; four equal cores are one.
  const policies = cores > 4 ? [0, 4, 6] : [0];
  return Object.fromEntries(
    policies.map((policy) => [`devices.system.cpu.cpufreq.policy${policy}.scaling_governor`, 'schedutil']),
  );
}

/** Secrets are encrypted in etcd by Talos itself, with a key of the generated machine configuration. */
function hardening(): Record<string, unknown> {
  const { seccompDefault, ...kubelet } = KUBELET;
  return {
    machine: { kubelet: { defaultRuntimeSeccompProfileEnabled: seccompDefault, extraConfig: kubelet } },
    cluster: {
      apiServer: { auditPolicy: AUDIT_POLICY, extraArgs: PROFILING_OFF },
      controllerManager: { extraArgs: PROFILING_OFF },
      scheduler: { extraArgs: PROFILING_OFF },
    },
  };
}

/** They listen on loopback, where nothing of the cluster reaches them; all but etcd ask for a token there. */
function openMetrics(): Record<string, unknown> {
  return {
    cluster: {
      controllerManager: { extraArgs: { 'bind-address': '0.0.0.0' } },
      scheduler: { extraArgs: { 'bind-address': '0.0.0.0' } },
      proxy: { extraArgs: { 'metrics-bind-address': '0.0.0.0:10249' } },
      etcd: { extraArgs: { 'listen-metrics-urls': 'http://0.0.0.0:2381' } },
    },
  };
}

const PROFILING_OFF = { profiling: 'false' };

/** Modules that Talos' kernel has built in; asking for them is an error (talos kernel configuration, iSCSI initiator). */
const BUILT_IN = new Set(['iscsi_tcp']);

/** How Talos knows a kind of disk, whatever name the kernel gave it. */
const TRANSPORTS: Readonly<Record<Disk['kind'], string>> = {
  nvme: 'nvme',
  'usb-ssd': 'usb',
  emmc: 'mmc',
  'micro-sd': 'mmc',
};

/** Talos makes a file system on the disk once and mounts it at /var/mnt/NAME; a disk in use is left alone. */
function userVolume(name: string, disk: Disk): object {
  return {
    apiVersion: 'v1alpha1',
    kind: 'UserVolumeConfig',
    name,
    provisioning: {
      diskSelector: { match: `disk.transport == '${TRANSPORTS[disk.kind]}' && !system_disk` },
      minSize: '10GiB',
      grow: true,
    },
    filesystem: { type: 'xfs' },
  };
}

function virtualIp(cluster: Cluster, node: Node): Record<string, unknown> {
  return node.controlPlane && hasVirtualIp(cluster) ? { vip: { ip: cluster.controlPlaneAddress } } : {};
}
