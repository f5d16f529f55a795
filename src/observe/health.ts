import type { KubeObject } from '../kube/index.ts';
import { conditionOf, specOf, statusOf } from './snapshot.ts';

/** `ready`, still on its way, or stopped by something that somebody must mend. */
export type State = 'ready' | 'waiting' | 'failed';

export interface Health {
  readonly state: State;
  /** The API's own message, or a count; empty when there is nothing to say. */
  readonly message: string;
}

const READY: Health = { state: 'ready', message: '' };

/** Whether an object of a Flux kind is ready in its present generation. */
export function fluxHealth(object: KubeObject): Health {
  const ready = conditionOf(object, 'Ready');
  const { observedGeneration } = statusOf<{ observedGeneration: number }>(object);
  const current = observedGeneration === undefined || observedGeneration === object.metadata['generation'];
  if (ready?.status === 'True' && current) return READY;
  const message = ready?.message ?? 'not looked at yet';
  const failed = ready?.status === 'False' && current && !WAITING.has(ready.reason ?? '');
  return { state: failed ? 'failed' : 'waiting', message };
}

/** Reasons for which something is not ready that say only that something else comes first. */
const WAITING = new Set([
  'DependencyNotReady',
  'SourceNotReady',
  'ArtifactFailed',
  'NoSourceArtifact',
  'Progressing',
]);

/** One of type oci has no status: its charts tell. What was fetched before stays in use when it cannot be reached. */
function repositoryHealth(object: KubeObject): Health {
  if (specOf<{ type: string }>(object).type === 'oci') return READY;
  const health = fluxHealth(object);
  const { artifact } = statusOf<{ artifact: object }>(object);
  // While it tries again its condition says only that it does.
  if (health.state === 'ready' || artifact === undefined) return health;
  return { state: 'ready', message: `what was fetched before is in use: ${health.message}` };
}

interface WorkloadSpec {
  readonly replicas: number;
}
interface WorkloadStatus {
  readonly observedGeneration: number;
  readonly replicas: number;
  readonly updatedReplicas: number;
  readonly readyReplicas: number;
  readonly desiredNumberScheduled: number;
  readonly numberReady: number;
}

/** Whether all pods of a Deployment, StatefulSet or DaemonSet are ready. */
export function workloadHealth(object: KubeObject): Health {
  const status = statusOf<WorkloadStatus>(object);
  const daemonSet = object.kind === 'DaemonSet';
  const wanted = daemonSet ? status.desiredNumberScheduled : (specOf<WorkloadSpec>(object).replicas ?? 1);
  const ready = (daemonSet ? status.numberReady : status.readyReplicas) ?? 0;
  const current = status.observedGeneration === object.metadata['generation'];
  if (current && wanted !== undefined && ready >= wanted) return READY;
  return { state: 'waiting', message: `${ready} of ${wanted ?? '?'} pods ready` };
}

/** A volume is made while its pod already waits for it; the claim itself tells when that takes long. */
const WAITS_FOR_VOLUME = /unbound immediate PersistentVolumeClaims/;

export function podHealth(object: KubeObject): Health {
  const { phase } = statusOf<{ phase: string }>(object);
  if (phase === 'Succeeded' || conditionOf(object, 'Ready')?.status === 'True') return READY;
  const unscheduled = conditionOf(object, 'PodScheduled');
  if (unscheduled?.status === 'False') {
    const message = unscheduled.message ?? 'not scheduled';
    return { state: WAITS_FOR_VOLUME.test(message) ? 'waiting' : 'failed', message };
  }
  return { state: phase === 'Failed' ? 'failed' : 'waiting', message: phase ?? 'Pending' };
}

/** What the prometheus-operator makes something of. */
function operatedHealth(object: KubeObject): Health {
  const available = conditionOf(object, 'Available');
  if (available?.status === 'True') return READY;
  return { state: 'waiting', message: available?.message ?? 'its operator has not looked at it yet' };
}

function claimHealth(object: KubeObject): Health {
  const { phase } = statusOf<{ phase: string }>(object);
  return phase === 'Bound' ? READY : { state: 'waiting', message: 'no volume yet' };
}

export function nodeHealth(object: KubeObject): Health {
  const ready = conditionOf(object, 'Ready');
  if (ready?.status === 'True') return READY;
  return { state: 'waiting', message: ready?.message ?? 'its kubelet has not been heard of' };
}

/** Whether a Service of type LoadBalancer has its address; other Services are always ready. */
export function serviceHealth(object: KubeObject): Health {
  if (specOf<{ type: string }>(object).type !== 'LoadBalancer') return READY;
  const address = loadBalancerAddress(object);
  return address === undefined ? { state: 'waiting', message: 'no load-balancer address yet' } : READY;
}

export function loadBalancerAddress(service: KubeObject): string | undefined {
  const { loadBalancer } = statusOf<{ loadBalancer: { ingress?: { ip?: string }[] } }>(service);
  return loadBalancer?.ingress?.[0]?.ip;
}

/** Health of any kind that is followed; undefined for kinds that have none of their own. */
export function healthOf(object: KubeObject): Health | undefined {
  switch (object.kind) {
    case 'Node':
      return nodeHealth(object);
    case 'GitRepository':
    case 'HelmChart':
    case 'Kustomization':
    case 'HelmRelease':
      return fluxHealth(object);
    case 'HelmRepository':
      return repositoryHealth(object);
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
      return workloadHealth(object);
    case 'Prometheus':
    case 'Alertmanager':
      return operatedHealth(object);
    case 'PersistentVolumeClaim':
      return claimHealth(object);
    case 'Pod':
      return podHealth(object);
    case 'Service':
      return serviceHealth(object);
    default:
      return undefined;
  }
}
