import type { ClusterPlan } from '../../compile/index.ts';
import { isBackedUp } from '../../components/index.ts';
import { field, listAt, textAt, wordAt } from '../../kube/index.ts';
import { holdsVolumes } from '../../model/index.ts';
import { blocks, list, mermaid, table } from '../markdown.ts';
import { gib, objectsOf, partOf, perCluster, type Subject } from '../subject.ts';

/** Classes, disks, volumes, snapshots and backups. */
export function storagePage({ plans, capacity }: Subject): string {
  return blocks(
    '# Storage',
    perCluster(plans, '##', (plan) => {
      const use = capacity.clusters.find(({ cluster }) => cluster === plan.cluster.name)?.storage;
      return blocks(
        storageDiagram(plan),
        classTable(plan),
        use === undefined
          ? undefined
          : `${use.volumes} volumes ask for ${gib(use.asked)}, ${gib(use.withReplicas)} with their replicas, of ${gib(use.disks)} of disks.`,
        table(['Volume of', 'Size', 'Class', 'Backup'], claims(plan)),
        jobTable(plan),
      ).trim();
    }),
  );
}

export function storageDiagram(plan: ClusterPlan): string {
  if (partOf(plan, 'longhorn') === undefined) return 'This cluster has no storage of its own.';
  const nodes = plan.cluster.nodes.filter(holdsVolumes);
  return mermaid({
    direction: 'TB',
    groups: [
      {
        title: 'Longhorn',
        boxes: [
          { id: 'engine', label: 'Longhorn Engine' },
          { id: 'manager', label: 'Longhorn Manager' },
          { id: 'ui', label: `Longhorn UI, longhorn.${plan.cluster.domain}` },
          { id: 'csi', label: 'CSI Driver' },
        ],
      },
      {
        title: 'Node storage',
        boxes: nodes.map(({ name, machine: { dataDisk } }) => ({
          id: name,
          label: `${name} ${dataDisk.kind} ${dataDisk.size}`,
        })),
      },
      {
        title: 'Storage classes',
        boxes: classes(plan).map(({ name, replicas }) => ({
          id: name,
          label: `${name}, ${replicas}x replica`,
        })),
      },
    ],
    arrows: [
      ['ui', 'manager'],
      ['manager', 'engine'],
      ...nodes.map(({ name }): [string, string] => ['engine', name]),
      ...classes(plan).map(({ name }): [string, string] => ['csi', name]),
    ],
  });
}

export function classTable(plan: ClusterPlan): string {
  return table(
    ['Class', 'Replicas', 'Use case', 'When the claim is deleted', 'Why not more replicas'],
    classes(plan).map(({ name, replicas, use, reclaim, reason }) => [
      `\`${name}\``,
      replicas,
      use,
      reclaim,
      reason,
    ]),
  );
}

function classes(plan: ClusterPlan) {
  return objectsOf(plan, 'StorageClass').map((object) => {
    const { name, annotations = {} } = object.metadata;
    return {
      name,
      replicas: textAt(object, 'parameters', 'numberOfReplicas') ?? '',
      use: annotations['homeplane.dev/use'] ?? '',
      reclaim:
        textAt(object, 'reclaimPolicy') === 'Retain' ? 'the volume is kept' : 'the volume goes with it',
      reason: annotations['homeplane.dev/replicas-reason'] ?? '',
    };
  });
}

function claims(plan: ClusterPlan): string[][] {
  const { storage } = plan.exports;
  return plan.components.flatMap(({ component, contribution }) =>
    (contribution.objects ?? [])
      .flatMap((object) => [
        ...(object.kind === 'PersistentVolumeClaim' ? [object] : []),
        ...listAt(object, 'spec', 'volumeClaimTemplates'),
      ])
      .map((claim) => {
        const labels = field(claim, 'metadata', 'labels') as Record<string, string> | undefined;
        const missing = storage?.backedUp === true ? 'left out by its definition' : 'no target';
        const backup = isBackedUp(storage, labels) ? 'yes' : missing;
        return [
          component.name,
          textAt(claim, 'spec', 'resources', 'requests', 'storage') ?? '',
          textAt(claim, 'spec', 'storageClassName') ?? '',
          backup,
        ];
      }),
  );
}

function jobTable(plan: ClusterPlan): string {
  return table(
    ['Every volume', 'When (cron, UTC)', 'Kept'],
    objectsOf(plan, 'RecurringJob').map((object) => [
      textAt(object, 'spec', 'task') ?? object.metadata.name,
      `\`${textAt(object, 'spec', 'cron') ?? ''}\``,
      wordAt(object, 'spec', 'retain'),
    ]),
  );
}

/** What Longhorn is set to do. */
export function storageFacts(plan: ClusterPlan): string {
  const { cluster, exports } = plan;
  const zones = new Set(cluster.nodes.filter(holdsVolumes).map(({ zone }) => zone));
  return list([
    `**Distributed block storage** on the data disks of ${cluster.nodes
      .filter(holdsVolumes)
      .map(({ name }) => name)
      .join(', ')}`,
    `**Snapshots, trim and backups** by schedule, for every volume; backups ${exports.storage?.backedUp === true ? 'go to a target outside the cluster' : 'are not configured'}`,
    `**Replication across zones**: ${zones.size > 1 ? `replicas of a volume go to different ones of ${zones.size} zones` : 'there is one zone, so one replica is all that helps'}`,
    '**ARM**: requests and limits are set for these boards, and the second data engine, which would reserve huge pages, is off',
    `**Web UI**: https://longhorn.${cluster.domain}, behind a login`,
  ]);
}
