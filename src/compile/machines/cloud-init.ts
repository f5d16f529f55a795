import type { Cluster, Node } from '../../model/index.ts';
import { toYaml } from '../yaml.ts';
import { AUDIT_POLICY, KUBELET_SYSCTLS } from './hardening.ts';
import type { CombinedNeeds } from './host-needs.ts';
import { AUDIT_POLICY_FILE } from './kubeadm.ts';

/** What Kubernetes itself wants of an Ubuntu host (kubernetes.io, "Container Runtimes"). */
const MODULES = ['br_netfilter', 'overlay'];
const SYSCTL = 'net.bridge.bridge-nf-call-iptables = 1\nnet.ipv4.ip_forward = 1\n';
/**
 * Flash wears out by writing: the journal stays in memory, bounded, and access times are not written
 * (systemd, journald.conf).
 */
const JOURNAL = '[Journal]\nStorage=volatile\nRuntimeMaxUse=64M\n';

/** User data for cloud-init: the host as the cluster's components need it. A file system that is there is kept. */
export function cloudInit(cluster: Cluster, node: Node, needs: CombinedNeeds): string {
  const { hardened } = cluster.policy;
  const { dataDisk, systemDisk } = node.machine;
  const volumes = needs.dataVolumes.filter(
    ({ nodes }) => nodes.includes(node.name) && dataDisk !== systemDisk,
  );
  const modules = [...MODULES, ...needs.kernelModules].toSorted();
  const files = [
    { path: '/etc/modules-load.d/homeplane.conf', content: `${modules.join('\n')}\n` },
    { path: '/etc/sysctl.d/90-homeplane.conf', content: hardened ? SYSCTL + KUBELET_SYSCTLS : SYSCTL },
    ...(hardened && node.controlPlane ? [{ path: AUDIT_POLICY_FILE, content: toYaml(AUDIT_POLICY) }] : []),
    ...(systemDisk.kind === 'micro-sd'
      ? [{ path: '/etc/systemd/journald.conf.d/homeplane.conf', content: JOURNAL }]
      : []),
  ];
  const config = {
    hostname: node.name,
    package_update: true,
    packages: ['containerd', ...needs.packages],
    write_files: files,
    ...(volumes.length === 0
      ? {}
      : {
          fs_setup: volumes.map(({ name }) => ({
            label: name,
            filesystem: 'ext4',
            device: dataDisk.device,
            overwrite: false,
          })),
          mounts: volumes.map(({ name, path }) => [
            `LABEL=${name}`,
            path,
            'ext4',
            'defaults,noatime,nofail',
            '0',
            '2',
          ]),
        }),
    swap: { size: 0 },
    runcmd: [
      ...modules.map((name) => ['modprobe', name]),
      ['sysctl', '--system'],
      ...needs.services.map((name) => ['systemctl', 'enable', '--now', name]),
    ],
  };
  return `#cloud-config\n${toYaml(config)}`;
}
