import type { Cluster, Node } from '../../model/index.ts';
import { toYaml } from '../yaml.ts';
import { AUDIT_POLICY, KUBELET_SYSCTLS } from './hardening.ts';
import type { CombinedNeeds } from './host-needs.ts';
import { AUDIT_POLICY_FILE, SCHEDULER_FILE } from './kubeadm.ts';
import { schedulerConfig } from './scheduler.ts';

/** What Kubernetes itself wants of an Ubuntu host (kubernetes.io, "Container Runtimes"). */
const MODULES = ['br_netfilter', 'overlay'];
const SYSCTL = 'net.bridge.bridge-nf-call-iptables = 1\nnet.ipv4.ip_forward = 1\n';
/**
 * Flash wears out by writing: the journal stays in memory, bounded, and access times are not written
 * (systemd, journald.conf).
 */
const JOURNAL = '[Journal]\nStorage=volatile\nRuntimeMaxUse=64M\n';

/** Every read of a file would be a write to its card; a minute's writes at once wear it less (ext4, `commit`). */
const ROOT_MOUNT = ['LABEL=writable', '/', 'ext4', 'defaults,noatime,commit=60', '0', '1'];

/** systemd owns the cgroups, and containerd must leave them to it (kubernetes.io, "Container Runtimes"). */
const CONTAINERD = `version = 2
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
    SystemdCgroup = true
`;
/** Security updates by themselves, without a reboot: when nodes restart is decided elsewhere. */
const UPGRADES = `APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
Unattended-Upgrade::Automatic-Reboot "false";
`;
/** The kernel's own governor: it follows the load, and cools down what idles. */
const GOVERNOR = 'w /sys/devices/system/cpu/cpufreq/policy*/scaling_governor - - - - schedutil\n';
const SCHEDULER_CLIENT = {
  clientConnection: { kubeconfig: '/etc/kubernetes/scheduler.conf' },
  leaderElection: { leaderElect: true },
};

const KEYRING = '/etc/apt/keyrings/kubernetes.asc';

function aptRepository(kubernetes: string): string {
  return `https://pkgs.k8s.io/core:/stable:/v${kubernetes.split('.').slice(0, 2).join('.')}/deb/`;
}

function aptSource(kubernetes: string): string {
  return `deb [signed-by=${KEYRING}] ${aptRepository(kubernetes)} /\n`;
}

/** Kubernetes at the version of the definition, held there: an upgrade of the host must not be one of the cluster. */
function kubernetesPackages(kubernetes: string): string[][] {
  const programs = ['kubelet', 'kubeadm', 'kubectl'];
  return [
    [
      'curl',
      '--fail',
      '--silent',
      '--location',
      '--output',
      KEYRING,
      `${aptRepository(kubernetes)}Release.key`,
    ],
    ['apt-get', 'update'],
    ['apt-get', 'install', '--yes', ...programs.map((name) => `${name}=${kubernetes}-*`)],
    ['apt-mark', 'hold', ...programs],
  ];
}

function volumeMount({ name, path }: CombinedNeeds['dataVolumes'][number]): string[] {
  return [`LABEL=${name}`, path, 'ext4', 'defaults,noatime,nofail', '0', '2'];
}

/** User data for cloud-init: the host as the cluster's components need it. A file system that is there is kept. */
export function cloudInit(cluster: Cluster, node: Node, needs: CombinedNeeds): string {
  const { hardened } = cluster.policy;
  const { dataDisk, systemDisk } = node.machine;
  const flash = systemDisk.kind === 'micro-sd';
  const volumes = needs.dataVolumes.filter(
    ({ nodes }) => nodes.includes(node.name) && dataDisk !== systemDisk,
  );
  const modules = [...MODULES, ...needs.kernelModules].toSorted();
  const files = [
    { path: '/etc/modules-load.d/homeplane.conf', content: `${modules.join('\n')}\n` },
    { path: '/etc/sysctl.d/90-homeplane.conf', content: hardened ? SYSCTL + KUBELET_SYSCTLS : SYSCTL },
    ...(hardened && node.controlPlane ? [{ path: AUDIT_POLICY_FILE, content: toYaml(AUDIT_POLICY) }] : []),
    ...(node.controlPlane
      ? [
          {
            path: SCHEDULER_FILE,
            content: toYaml({ ...schedulerConfig(cluster.policy), ...SCHEDULER_CLIENT }),
          },
        ]
      : []),
    ...(flash ? [{ path: '/etc/systemd/journald.conf.d/homeplane.conf', content: JOURNAL }] : []),
    ...needs.files.flatMap(({ ubuntu, content }) =>
      ubuntu === undefined ? [] : [{ ...ubuntu, content: content(node, 'ubuntu'), defer: true }],
    ),
    // Once their packages and the key are there.
    { path: '/etc/containerd/config.toml', content: CONTAINERD, defer: true },
    { path: '/etc/apt/apt.conf.d/20auto-upgrades', content: UPGRADES },
    { path: '/etc/tmpfiles.d/homeplane.conf', content: GOVERNOR },
    {
      path: '/etc/apt/sources.list.d/kubernetes.list',
      content: aptSource(cluster.kubernetes),
      defer: true,
    },
  ];
  const config = {
    hostname: node.name,
    package_update: true,
    packages: ['containerd', 'unattended-upgrades', ...needs.packages],
    ntp: { enabled: true, servers: [...cluster.site.lan.timeServers] },
    write_files: files,
    ...(volumes.length === 0 && !flash
      ? {}
      : { mounts: [...(flash ? [ROOT_MOUNT] : []), ...volumes.map(volumeMount)] }),
    ...(volumes.length === 0
      ? {}
      : {
          fs_setup: volumes.map(({ name }) => ({
            label: name,
            filesystem: 'ext4',
            device: dataDisk.device,
            overwrite: false,
          })),
        }),
    swap: { size: 0 },
    runcmd: [
      ...modules.map((name) => ['modprobe', name]),
      ['sysctl', '--system'],
      ['systemd-tmpfiles', '--create', '/etc/tmpfiles.d/homeplane.conf'],
      ['systemctl', 'restart', 'containerd'],
      ...kubernetesPackages(cluster.kubernetes),
      ...needs.services.map((name) => ['systemctl', 'enable', '--now', name]),
    ],
  };
  return `#cloud-config\n${toYaml(config)}`;
}
