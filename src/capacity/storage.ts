import type { KubeObject } from '../kube/index.ts';
import { type Cluster, holdsVolumes, parseBytes } from '../model/index.ts';
import { quantity } from './quantity.ts';

/** A volume as it is asked for. */
interface Claim {
  readonly size: number;
  readonly className: string | undefined;
}
interface ClaimSpec {
  readonly storageClassName?: string;
  readonly resources?: { readonly requests?: { readonly storage?: string } };
}
interface Spec extends ClaimSpec {
  readonly replicas?: number;
  readonly volumeClaimTemplates?: readonly { readonly spec?: ClaimSpec }[];
  readonly storage?: { readonly volumeClaimTemplate?: { readonly spec?: ClaimSpec } };
}

/** What volumes ask for. */
export interface StorageUse {
  readonly volumes: number;
  /** Bytes that apps and components asked for. */
  readonly asked: number;
  /** Bytes with all replicas, when every volume is full. */
  readonly withReplicas: number;
  /** Bytes of the disks that hold replicas. */
  readonly disks: number;
}

export function storageUse(cluster: Cluster, objects: readonly KubeObject[]): StorageUse {
  const replicas = new Map(
    objects
      .filter(({ kind }) => kind === 'StorageClass')
      .map((object) => {
        const { numberOfReplicas = '1' } = (object['parameters'] ?? {}) as Record<string, string>;
        return [object.metadata.name, Number(numberOfReplicas)] as const;
      }),
  );
  const claims = objects.flatMap(claimsOf);
  const disks = cluster.nodes
    .filter(holdsVolumes)
    .reduce((sum, { machine }) => sum + (parseBytes(machine.dataDisk.size) ?? 0), 0);
  return {
    volumes: claims.length,
    asked: claims.reduce((sum, { size }) => sum + size, 0),
    withReplicas: claims.reduce(
      (sum, { size, className }) => sum + size * (replicas.get(className ?? '') ?? 1),
      0,
    ),
    disks,
  };
}

function claimsOf(object: KubeObject): Claim[] {
  const spec = (object['spec'] ?? {}) as Spec;
  switch (object.kind) {
    case 'PersistentVolumeClaim':
      return [claim(spec)];
    case 'StatefulSet':
      return times(
        spec.replicas,
        (spec.volumeClaimTemplates ?? []).map((template) => claim(template.spec ?? {})),
      );
    case 'Prometheus':
    case 'Alertmanager': {
      const template = spec.storage?.volumeClaimTemplate?.spec;
      return template === undefined ? [] : times(spec.replicas, [claim(template)]);
    }
    default:
      return [];
  }
}

function claim({ resources, storageClassName }: ClaimSpec): Claim {
  return { size: quantity(resources?.requests?.storage), className: storageClassName };
}

function times(replicas: number | undefined, claims: readonly Claim[]): Claim[] {
  return Array.from({ length: replicas ?? 1 }, () => claims).flat();
}
