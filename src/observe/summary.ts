import type { KubeObject } from '../kube/index.ts';
import { type Cause, releaseCause, sourceCause, workloadCause } from './cause.ts';
import { type Health, healthOf, loadBalancerAddress, type State } from './health.ts';
import { OBSERVED } from './kinds.ts';
import { conditionOf, type Snapshot, specOf, statusOf } from './snapshot.ts';

/** One object and how it is. */
export interface ObjectStatus {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly state: State;
  readonly message: string;
  /** Load-balancer address of a Service. */
  readonly address?: string;
}

/** How a cluster is, as one value. */
export interface ClusterStatus {
  readonly name: string;
  readonly connected: boolean;
  readonly objects: readonly ObjectStatus[];
  /** Objects at fault, each once, with the API's own message. */
  readonly causes: readonly Cause[];
  /** Everything that is expected is there and ready. */
  readonly ready: boolean;
  /** Nothing moves any more: what is not ready waits for a chart that is not to be had. */
  readonly blockedByCharts: boolean;
}

/** What must be there before a cluster counts as ready. */
export interface Expected {
  /** Commit that has to be applied. */
  readonly revision?: string | undefined;
  /** What the GitRepository says when Flux has looked at Git since it was asked to; a state of before counts for nothing. */
  readonly reconcileToken?: string | undefined;
  /** Names of Kustomizations in flux-system. */
  readonly kustomizations: readonly string[];
}

/** Puts a snapshot together. Pure: the same snapshot gives the same status. */
export function summarise(name: string, snapshot: Snapshot, expected: Expected): ClusterStatus {
  // Kinds without a health of their own have none to describe.
  const objects = OBSERVED.flatMap(({ kind }) =>
    snapshot.objects(kind).flatMap((object) => describe(object, expected)),
  );
  const missing = expected.kustomizations
    .filter((wanted) => !objects.some((object) => object.kind === 'Kustomization' && object.name === wanted))
    .map((wanted): ObjectStatus => notYet('Kustomization', 'flux-system', wanted));
  const all = [...objects, ...missing];
  const causes = findCauses(snapshot);
  return {
    name,
    connected: snapshot.connected,
    objects: all,
    causes,
    ready: snapshot.complete && snapshot.connected && all.every(({ state }) => state === 'ready'),
    blockedByCharts: snapshot.complete && isBlockedByCharts(snapshot, expected),
  };
}

function notYet(kind: string, namespace: string, name: string): ObjectStatus {
  return { kind, namespace, name, state: 'waiting', message: 'not created yet' };
}

function describe(object: KubeObject, expected: Expected): ObjectStatus[] {
  const health = withToken(
    object,
    withRevision(object, healthOf(object), expected.revision),
    expected.reconcileToken,
  );
  if (health === undefined) return [];
  const { name, namespace } = object.metadata;
  const address = object.kind === 'Service' ? loadBalancerAddress(object) : undefined;
  return [{ kind: object.kind, namespace, name, ...health, ...(address === undefined ? {} : { address }) }];
}

/** A Kustomization that is ready at an older commit is not there yet. */
function withRevision(
  object: KubeObject,
  health: Health | undefined,
  revision: string | undefined,
): Health | undefined {
  if (object.kind !== 'Kustomization' || health?.state !== 'ready' || revision === undefined) return health;
  const { lastAppliedRevision } = statusOf<{ lastAppliedRevision: string }>(object);
  if (lastAppliedRevision?.endsWith(revision) === true) return health;
  return { state: 'waiting', message: `at ${short(lastAppliedRevision)}, waits for ${short(revision)}` };
}

function withToken(
  object: KubeObject,
  health: Health | undefined,
  token: string | undefined,
): Health | undefined {
  if (object.kind !== 'GitRepository' || health?.state !== 'ready' || token === undefined) return health;
  const { lastHandledReconcileAt } = statusOf<{ lastHandledReconcileAt: string }>(object);
  return lastHandledReconcileAt === token
    ? health
    : { state: 'waiting', message: 'Flux has not looked at it yet' };
}

function short(revision: string | undefined): string {
  return revision?.split(':').at(-1)?.slice(0, 8) ?? 'no commit';
}

function findCauses(snapshot: Snapshot): Cause[] {
  const causes = [
    ...snapshot.objects('GitRepository').flatMap((source) => ownMessage(source)),
    ...snapshot.objects('HelmRepository').map((source) => sourceCause(snapshot, source)),
    ...snapshot.objects('HelmRelease').map((release) => releaseCause(snapshot, release)),
    ...(['Deployment', 'StatefulSet', 'DaemonSet'] as const)
      .flatMap((kind) => snapshot.objects(kind))
      .map((workload) => workloadCause(snapshot, workload)),
    ...snapshot
      .objects('Kustomization')
      .filter(isOwnFailure)
      .flatMap((object) => ownMessage(object)),
  ].filter((cause) => cause !== undefined);
  return [...new Map(causes.map((cause) => [cause.object, cause])).values()];
}

function ownMessage(object: KubeObject): Cause[] {
  const health = healthOf(object);
  if (health?.state !== 'failed') return [];
  const { name, namespace } = object.metadata;
  return [{ object: `${object.kind}/${namespace}/${name}`, message: health.message, chart: false }];
}

/** Not one that only waits for another, nor one whose release says more than it. */
function isOwnFailure(kustomization: KubeObject): boolean {
  const reason = conditionOf(kustomization, 'Ready')?.reason;
  return reason !== 'DependencyNotReady' && reason !== 'HealthCheckFailed' && reason !== 'Progressing';
}

interface KustomizationSpec {
  readonly dependsOn: readonly { readonly name: string }[];
  readonly healthChecks: readonly {
    readonly kind: string;
    readonly name: string;
    readonly namespace: string;
  }[];
}

/** Whether every Kustomization that is not ready leads, by dependencies and health checks, to a missing chart. */
function isBlockedByCharts(snapshot: Snapshot, expected: Expected): boolean {
  const kustomizations = new Map(
    snapshot.objects('Kustomization').map((object) => [object.metadata.name, object]),
  );
  if (expected.kustomizations.some((name) => !kustomizations.has(name))) return false;
  const lacking = new Set(
    snapshot
      .objects('HelmRelease')
      .filter((release) => releaseCause(snapshot, release)?.chart === true)
      .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
  );
  const isBlocked = (name: string, seen: ReadonlySet<string>): boolean => {
    const object = kustomizations.get(name);
    if (object === undefined || seen.has(name)) return false;
    const { dependsOn = [], healthChecks = [] } = specOf<KustomizationSpec>(object);
    const release = healthChecks.some(
      (check) => check.kind === 'HelmRelease' && lacking.has(`${check.namespace}/${check.name}`),
    );
    return release || dependsOn.some((other) => isBlocked(other.name, new Set([...seen, name])));
  };
  const unready = [...kustomizations.values()].filter(
    (object) => withRevision(object, healthOf(object), expected.revision)?.state !== 'ready',
  );
  return unready.length > 0 && unready.every(({ metadata }) => isBlocked(metadata.name, new Set()));
}
