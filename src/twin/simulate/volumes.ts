import { isKubeError, type KubeClient, type KubeObject, reflect } from '../../kube/index.ts';
import { SIMULATED } from '../nodes.ts';

const CLAIMS = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' };
const VOLUMES = { apiVersion: 'v1', kind: 'PersistentVolume' };
const CLASSES = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' };
/** Kubernetes' own controller names the driver that is to make a claim's volume. */
const PROVISIONER = 'volume.kubernetes.io/storage-provisioner';

/**
 * Takes the place of the storage drivers, whose pods are simulated: volumes are made for claims, and removed when
 * Kubernetes has released them. Binding is left to Kubernetes' own controller.
 */
export async function simulateVolumes(client: KubeClient, signal: AbortSignal): Promise<void> {
  const forget = () => {
    // The object may be gone again, or the API server; the next change or list brings it back.
  };
  const follow = (ref: typeof CLAIMS, handle: (object: KubeObject) => Promise<void>) => {
    const changed = (object: KubeObject) => void handle(object).catch(forget);
    const reader = {
      replaced: (all: readonly KubeObject[]) => all.forEach(changed),
      changed,
      deleted: () => undefined,
    };
    return reflect(client, ref, reader, signal);
  };
  await Promise.all([
    follow(CLAIMS, (claim) => provision(client, claim)),
    follow(VOLUMES, (volume) => remove(client, volume)),
  ]);
}

interface ClaimSpec {
  readonly volumeName?: string;
  readonly storageClassName?: string;
  readonly accessModes: readonly string[];
  readonly volumeMode?: string;
  readonly resources: { readonly requests: Readonly<Record<string, string>> };
}

async function provision(client: KubeClient, claim: KubeObject): Promise<void> {
  const { name, namespace, uid, annotations, deletionTimestamp } = claim.metadata;
  const driver = annotations?.[PROVISIONER];
  const spec = claim['spec'] as ClaimSpec;
  const { storageClassName } = spec;
  if (driver === undefined || storageClassName === undefined) return;
  if (spec.volumeName !== undefined || deletionTimestamp !== undefined) return;
  const storageClass = await client.get(CLASSES, storageClassName);
  const volume = `pvc-${String(uid)}`;
  await client.apply({
    ...VOLUMES,
    metadata: {
      name: volume,
      labels: { [SIMULATED]: 'volume' },
      annotations: { 'pv.kubernetes.io/provisioned-by': driver },
    },
    spec: {
      storageClassName,
      accessModes: spec.accessModes,
      volumeMode: spec.volumeMode ?? 'Filesystem',
      capacity: { storage: spec.resources.requests['storage'] },
      persistentVolumeReclaimPolicy: storageClass['reclaimPolicy'] ?? 'Delete',
      claimRef: { ...CLAIMS, name, namespace, uid },
      csi: { driver, volumeHandle: volume },
    },
  });
}

async function remove(client: KubeClient, volume: KubeObject): Promise<void> {
  const { phase } = (volume['status'] ?? {}) as { phase?: string };
  const { persistentVolumeReclaimPolicy: policy } = volume['spec'] as {
    persistentVolumeReclaimPolicy?: string;
  };
  const simulated = volume.metadata.labels?.[SIMULATED] !== undefined;
  if (phase !== 'Released' || policy !== 'Delete' || !simulated) return;
  const path = await client.path(VOLUMES, undefined, volume.metadata.name);
  await client.request(path, { method: 'DELETE' }).catch((error: unknown) => {
    if (!isKubeError(error, 404)) throw error;
  });
}
