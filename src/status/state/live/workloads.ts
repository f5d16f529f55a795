import { field, type KubeObject, workloadImages } from '../../../kube/index.ts';
import { workloadHealth } from '../../../observe/index.ts';
import type { ItemOf } from '../item.ts';
import { appliedBy } from './delivery.ts';
import type { ClusterView } from './view.ts';

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

/** What runs, without its pods one by one. */
export function workloadItems({ plan: { cluster }, live }: ClusterView): ItemOf<'workload'>[] {
  return KINDS.flatMap((kind) => live?.snapshot.objects(kind) ?? []).map((object) => {
    const { name, namespace = '' } = object.metadata;
    const by = appliedBy(cluster.name, object);
    return {
      type: 'workload',
      cluster: cluster.name,
      kind: object.kind,
      namespace,
      name,
      ...counts(object),
      ...workloadHealth(object),
      images: workloadImages(object),
      ...(by === undefined ? {} : { by }),
    };
  });
}

function counts(object: KubeObject): { ready: number; wanted: number } {
  const count = (...path: string[]) => Number(field(object, ...path) ?? 0);
  if (object.kind === 'DaemonSet')
    return { ready: count('status', 'numberReady'), wanted: count('status', 'desiredNumberScheduled') };
  return { ready: count('status', 'readyReplicas'), wanted: Number(field(object, 'spec', 'replicas') ?? 1) };
}
