import { quantity, TARGETS } from '../../../capacity/index.ts';
import type { ClusterPlan } from '../../../compile/index.ts';
import { isBackedUp, ownObjects } from '../../../components/index.ts';
import { field, type KubeObject, listAt, textAt } from '../../../kube/index.ts';
import { groupBy } from '../../../util/index.ts';
import type { ItemOf, ItemState } from '../item.ts';
import type { ClusterView } from './view.ts';

/** Every claim, with the volume behind it as Longhorn knows it. */
export function volumeItems({ plan, live }: ClusterView): ItemOf<'volume'>[] {
  if (live === undefined) return [];
  const { snapshot, status } = live;
  const volumes = new Map(snapshot.objects('Volume').map((volume) => [volume.metadata.name, volume]));
  const replicas = groupBy(snapshot.objects('Replica'), (one) => textAt(one, 'spec', 'volumeName') ?? '');
  const users = usersOf(snapshot.objects('Pod'));
  const wanted = replicasByClass(plan);
  const health = new Map(
    status.objects
      .filter(({ kind }) => kind === 'PersistentVolumeClaim')
      .map((claim) => [`${claim.namespace}/${claim.name}`, claim]),
  );
  return snapshot.objects('PersistentVolumeClaim').map((claim) => {
    const { name, namespace = '' } = claim.metadata;
    const className = textAt(claim, 'spec', 'storageClassName') ?? '';
    const volumeName = textAt(claim, 'spec', 'volumeName') ?? '';
    const volume = volumes.get(volumeName);
    const asked =
      field(claim, 'status', 'capacity', 'storage') ??
      field(claim, 'spec', 'resources', 'requests', 'storage');
    const wantedReplicas = Number(field(volume, 'spec', 'numberOfReplicas') ?? wanted.get(className) ?? 0);
    const used = Number(field(volume, 'status', 'actualSize') ?? 0);
    const lastBackupAt = textAt(volume, 'status', 'lastBackupAt');
    const bound = health.get(`${namespace}/${name}`);
    return {
      type: 'volume',
      cluster: plan.cluster.name,
      namespace,
      name,
      class: className,
      size: quantity(asked),
      ...(volume === undefined ? {} : { used }),
      ...volumeHealth(volume, bound ?? { state: 'waiting', message: '' }),
      ...(wantedReplicas > 0 ? { wantedReplicas } : {}),
      replicas: (replicas.get(volumeName) ?? []).map(replicaOf),
      usedBy: users.get(`${namespace}/${name}`) ?? [],
      backedUp: isBackedUp(plan.exports.storage, claim.metadata.labels),
      ...(lastBackupAt === undefined || lastBackupAt === ''
        ? {}
        : { lastBackupAt: new Date(lastBackupAt).toISOString() }),
    };
  });
}

/** What is asked for of the disks, by the definition, and what is on them, by who measures. */
export function storageItem({ plan, facts, measures }: ClusterView): ItemOf<'storage'>[] {
  const { name } = plan.cluster;
  const storage = facts.capacity.clusters.find(({ cluster }) => cluster === name)?.storage;
  if (storage === undefined) return [];
  const { asked, withReplicas, disks } = storage;
  const used = (measures?.used ?? []).map(({ at, bytes }) => ({ at: new Date(at).toISOString(), bytes }));
  return [{ type: 'storage', cluster: name, asked, withReplicas, disks, target: TARGETS.storage, used }];
}

const ROBUSTNESS: Readonly<Record<string, { state: ItemState; message: string }>> = {
  degraded: { state: 'waiting', message: 'a replica is missing: one more disk that fails may lose it' },
  faulted: { state: 'failed', message: 'no replica is left that can be used' },
};

function volumeHealth(
  volume: KubeObject | undefined,
  bound: { readonly state: ItemState; readonly message: string },
): { state: ItemState; message: string } {
  const robustness = ROBUSTNESS[textAt(volume, 'status', 'robustness') ?? ''];
  return robustness ?? { state: bound.state, message: bound.message };
}

function replicaOf(replica: KubeObject): { node: string; state: ItemState } {
  const running = textAt(replica, 'status', 'currentState') === 'running';
  const failed = (textAt(replica, 'spec', 'failedAt') ?? '') !== '';
  return {
    node: textAt(replica, 'spec', 'nodeID') ?? '',
    state: failed ? 'failed' : running ? 'ready' : 'waiting',
  };
}

/** Pods by the claims that they use. */
function usersOf(pods: readonly KubeObject[]): ReadonlyMap<string, string[]> {
  const uses = pods.flatMap(({ metadata, ...pod }) =>
    listAt(pod, 'spec', 'volumes').flatMap((volume) => {
      const claim = textAt(volume, 'persistentVolumeClaim', 'claimName');
      return claim === undefined ? [] : [{ claim: `${metadata.namespace}/${claim}`, pod: metadata.name }];
    }),
  );
  return new Map(
    [...groupBy(uses, ({ claim }) => claim)].map(([claim, pairs]) => [claim, pairs.map(({ pod }) => pod)]),
  );
}

function replicasByClass({ components }: ClusterPlan): ReadonlyMap<string, number> {
  const classes = components
    .flatMap(({ contribution }) => ownObjects(contribution))
    .filter(({ kind }) => kind === 'StorageClass');
  return new Map(
    classes.map((object) => [
      object.metadata.name,
      Number(textAt(object, 'parameters', 'numberOfReplicas') ?? 0),
    ]),
  );
}
