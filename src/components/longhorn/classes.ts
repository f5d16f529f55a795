import type { KubeObject } from '../../kube/index.ts';
import { type Cluster, holdsVolumes, type Node } from '../../model/index.ts';

/** What the classes are for, and the replicas that each wants. */
const CLASSES = {
  fast: { replicas: 3, locality: 'best-effort', use: 'databases and critical data' },
  standard: { replicas: 2, locality: 'disabled', use: 'application storage' },
  backup: { replicas: 1, locality: 'disabled', use: 'backups and archives' },
} as const;

export type ClassKind = keyof typeof CLASSES;

export function className(kind: ClassKind): string {
  return `longhorn-${kind}`;
}

/** Nodes of a cluster that replicas can be on. */
export function storageNodes(cluster: Cluster): readonly Node[] {
  return cluster.nodes.filter(holdsVolumes);
}

/** No more replicas than nodes that can hold one: a volume that asks for more stays degraded for ever. */
export function replicasOf(cluster: Cluster, kind: ClassKind): number {
  return Math.max(1, Math.min(CLASSES[kind].replicas, storageNodes(cluster).length));
}

export function storageClasses(cluster: Cluster, defaultClass: ClassKind): KubeObject[] {
  return (Object.keys(CLASSES) as ClassKind[]).map((kind) =>
    storageClass(cluster, kind, kind === defaultClass),
  );
}

function storageClass(cluster: Cluster, kind: ClassKind, isDefault: boolean): KubeObject {
  const { replicas: wanted, locality, use } = CLASSES[kind];
  const replicas = replicasOf(cluster, kind);
  const capped =
    replicas < wanted
      ? `${wanted} replicas are wanted, ${replicas} can be held by the nodes of ${cluster.name}`
      : undefined;
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name: className(kind),
      annotations: {
        'storageclass.kubernetes.io/is-default-class': String(isDefault),
        'homeplane.dev/use': use,
        ...(capped === undefined ? {} : { 'homeplane.dev/replicas-reason': capped }),
      },
    },
    provisioner: 'driver.longhorn.io',
    allowVolumeExpansion: true,
    reclaimPolicy: kind === 'fast' ? 'Retain' : 'Delete',
    volumeBindingMode: 'Immediate',
    parameters: {
      numberOfReplicas: String(replicas),
      dataLocality: locality,
      staleReplicaTimeout: '30',
      fsType: 'ext4',
      dataEngine: 'v1',
    },
  };
}
