import type { Cluster, Node } from '../../model/index.ts';
import type { HostNeeds } from '../contribution.ts';

/** Name of the Talos user volume, which Talos mounts below /var/mnt. */
const VOLUME = 'longhorn';
const OWN_DISK = { talos: `/var/mnt/${VOLUME}`, ubuntu: '/var/lib/longhorn' } as const;
const SYSTEM_DISK = '/var/lib/longhorn';

/** Where volumes lie on the nodes: the same on all, so that one setting of the chart fits. */
export function dataPath(cluster: Cluster): string {
  const separate = cluster.nodes
    .filter(({ worker }) => worker)
    .every(({ machine }) => machine.dataDisk !== machine.systemDisk);
  return separate ? OWN_DISK[cluster.os.kind] : SYSTEM_DISK;
}

/**
 * What Longhorn's engine finds on the host: iSCSI, the tools it calls, and its data disk, mounted so that mounts made
 * in a container reach the host (longhorn.io, "Talos Linux Support" and "Installation Requirements").
 */
export function longhornHosts(cluster: Cluster, nodes: readonly Node[]): HostNeeds {
  const path = dataPath(cluster);
  return {
    talos: {
      machine: {
        kubelet: {
          extraMounts: [
            { destination: path, type: 'bind', source: path, options: ['bind', 'rshared', 'rw'] },
          ],
        },
      },
    },
    extensions: ['siderolabs/iscsi-tools', 'siderolabs/util-linux-tools'],
    kernelModules: ['iscsi_tcp', 'dm_crypt'],
    packages: ['open-iscsi', 'nfs-common', 'cryptsetup'],
    services: ['iscsid'],
    ...(path === SYSTEM_DISK && cluster.os.kind === 'talos'
      ? {}
      : { dataVolume: { name: VOLUME, path, nodes: nodes.map(({ name }) => name) } }),
  };
}
