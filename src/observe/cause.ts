import { type KubeObject, objectName } from '../kube/index.ts';
import { sortBy } from '../util/index.ts';
import { fluxHealth, podHealth, workloadHealth } from './health.ts';
import { conditionOf, type Snapshot, specOf, statusOf } from './snapshot.ts';

/** The object at fault, and what the API itself says of it. */
export interface Cause {
  /** `Kind/namespace/name` */
  readonly object: string;
  readonly message: string;
  /** Whether what is missing is a chart, which a machine without internet does not get. */
  readonly chart: boolean;
}

/** Why a release is not ready: its chart, or the first of its workloads that has no pods, or its own message. */
export function releaseCause(snapshot: Snapshot, release: KubeObject): Cause | undefined {
  const health = fluxHealth(release);
  if (health.state === 'ready') return undefined;
  const chart = chartCause(snapshot, release);
  if (chart !== undefined) return chart;
  const { targetNamespace } = specOf<{ targetNamespace: string }>(release);
  const namespace = targetNamespace ?? release.metadata.namespace ?? '';
  const workloads = (['Deployment', 'StatefulSet', 'DaemonSet'] as const)
    .flatMap((kind) => snapshot.objects(kind))
    .filter(({ metadata }) => metadata.annotations?.['meta.helm.sh/release-name'] === release.metadata.name)
    .filter(({ metadata }) => metadata.annotations?.['meta.helm.sh/release-namespace'] === namespace);
  const broken = workloads
    .map((workload) => workloadCause(snapshot, workload))
    .find((cause) => cause !== undefined);
  const hook = snapshot
    .objects('Job')
    .map((job) => jobCause(snapshot, job, namespace))
    .find((cause) => cause !== undefined);
  const found = broken ?? hook;
  if (found !== undefined || health.state === 'waiting') return found;
  return { object: objectName(release), message: health.message, chart: false };
}

/** Why a workload has no pods: the API server refuses them, or the scheduler has no place. */
export function workloadCause(snapshot: Snapshot, workload: KubeObject): Cause | undefined {
  if (workloadHealth(workload).state === 'ready') return undefined;
  const makers = [workload, ...ownedBy(snapshot.objects('ReplicaSet'), workload)];
  for (const maker of makers) {
    const refused = conditionOf(maker, 'ReplicaFailure');
    const message = refused?.status === 'True' ? refused.message : refusal(snapshot, maker);
    if (message !== undefined) return { object: objectName(maker), message, chart: false };
  }
  for (const pod of makers.flatMap((maker) => ownedBy(snapshot.objects('Pod'), maker))) {
    const health = podHealth(pod);
    if (health.state === 'failed') return { object: objectName(pod), message: health.message, chart: false };
  }
  return undefined;
}

function jobCause(snapshot: Snapshot, job: KubeObject, namespace: string): Cause | undefined {
  if (job.metadata.namespace !== namespace || (statusOf<{ succeeded: number }>(job).succeeded ?? 0) > 0)
    return undefined;
  const failed = conditionOf(job, 'Failed');
  const message = failed?.status === 'True' ? failed.message : refusal(snapshot, job);
  return message === undefined ? undefined : { object: objectName(job), message, chart: false };
}

function chartCause(snapshot: Snapshot, release: KubeObject): Cause | undefined {
  const { helmChart } = statusOf<{ helmChart: string }>(release);
  const chart = snapshot
    .objects('HelmChart')
    .find(({ metadata }) => `${metadata.namespace}/${metadata.name}` === helmChart);
  if (chart === undefined) return undefined;
  const { sourceRef } = specOf<{ sourceRef: { name: string } }>(chart);
  const repository = snapshot
    .objects('HelmRepository')
    .find(
      ({ metadata }) => metadata.name === sourceRef?.name && metadata.namespace === chart.metadata.namespace,
    );
  // The repository knows why; the chart only that there is none.
  const cause = repository && sourceCause(snapshot, repository);
  return cause ?? sourceCause(snapshot, chart);
}

/**
 * Why a source has nothing to give. It counts as failed from its first failure until it has something: while it
 * tries again its condition says only that it does, and the failure is in an event.
 */
export function sourceCause(snapshot: Snapshot, source: KubeObject): Cause | undefined {
  if (statusOf<{ artifact: object }>(source).artifact !== undefined) return undefined;
  const ready = conditionOf(source, 'Ready');
  const message = ready?.status === 'False' ? ready.message : lastEvent(snapshot, source)?.message;
  return message === undefined ? undefined : { object: objectName(source), message, chart: true };
}

/** The API server's own message when it refused to create a pod for an object: it is only in an event. */
function refusal(snapshot: Snapshot, owner: KubeObject): string | undefined {
  return lastEvent(snapshot, owner, 'FailedCreate')?.message.replace(/^Error creating: /, '');
}

/** The latest warning about an object. */
function lastEvent(snapshot: Snapshot, about: KubeObject, reason?: string): { message: string } | undefined {
  const events = snapshot.objects('Event').filter((event) => {
    const { kind, name, namespace } = (event['involvedObject'] ?? {}) as Record<string, string>;
    return (
      kind === about.kind &&
      name === about.metadata.name &&
      namespace === about.metadata.namespace &&
      (reason === undefined || event['reason'] === reason)
    );
  });
  const last = sortBy(events, (event) => (event['lastTimestamp'] ?? event['eventTime'] ?? '') as string).at(
    -1,
  );
  return last === undefined ? undefined : { message: last['message'] as string };
}

function ownedBy(objects: readonly KubeObject[], owner: KubeObject): KubeObject[] {
  return objects.filter(({ metadata }) => {
    const owners = (metadata['ownerReferences'] ?? []) as { uid: string }[];
    return owners.some(({ uid }) => uid === owner.metadata['uid']);
  });
}
