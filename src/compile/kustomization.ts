import { APPS_ACCOUNT, type Exports } from '../components/index.ts';
import type { KubeObject } from '../kube/index.ts';
import type { Homelab } from '../model/index.ts';
import type { ClusterPlan, PlannedComponent } from './plan.ts';
import { repositoryPath, SYNC } from './sync.ts';
import { isTenant } from './tenant.ts';

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** What Flux applies of a component: its releases, and its configuration once the releases are ready. */
type Stage = 'release' | 'config';

/** Whether a component leaves anything for Flux; Flannel on Talos does not. */
export function isDelivered({ contribution }: PlannedComponent): boolean {
  return (
    contribution.releases.length > 0 ||
    contribution.namespaces.length > 0 ||
    (contribution.objects?.length ?? 0) > 0
  );
}

/** Names of a component's Kustomizations, in the order in which they become ready. */
function stages(planned: PlannedComponent): string[] {
  const { name } = planned.component;
  return (planned.contribution.config?.length ?? 0) > 0 ? [name, `${name}-config`] : [name];
}

/** Names of all Kustomizations of a cluster, the root's included. */
export function kustomizationNames(plan: ClusterPlan): string[] {
  return [SYNC.name, ...plan.components.filter(isDelivered).flatMap(stages)];
}

/** Name of the Kustomization after which everything of a component is there. */
function lastStage(planned: PlannedComponent): string {
  return stages(planned).at(-1) ?? planned.component.name;
}

/**
 * A component's Flux Kustomizations: one, or two where it brings objects of kinds that its own chart installs,
 * because the API server refuses a kind before its CRD is there.
 */
export function kustomizations(
  homelab: Homelab,
  plan: ClusterPlan,
  planned: PlannedComponent,
  gitops: Exports['gitops'],
): KubeObject[] {
  const { component, contribution, after, configAfter, folder } = planned;
  const lastOf = (names: readonly string[]) =>
    plan.components
      .filter((other) => names.includes(other.component.name) && isDelivered(other))
      .map(lastStage);
  const releases = contribution.releases.map(({ name, namespace }) => ({
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    name,
    namespace,
  }));
  const workloads = (contribution.objects ?? [])
    .filter(({ kind }) => WORKLOADS.has(kind))
    .map(({ apiVersion, kind, metadata: { name, namespace } }) => ({ apiVersion, kind, name, namespace }));
  const made = [
    make('release', component.name, folder, lastOf(after), { healthChecks: [...releases, ...workloads] }),
  ];
  const config = contribution.config ?? [];
  if (config.length > 0) {
    const ready = config.filter((entry) => entry.ready === true).map((entry) => entry.object);
    const checks = ready.map(({ apiVersion, kind, metadata }) => ({
      apiVersion,
      kind,
      name: metadata.name,
      ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
    }));
    const expressions = [...new Map(ready.map((object) => [object.kind, readyExpressions(object)])).values()];
    const health = checks.length === 0 ? {} : { healthChecks: checks, healthCheckExprs: expressions };
    made.push(
      make(
        'config',
        `${component.name}-config`,
        `${folder}/config`,
        [component.name, ...lastOf(configAfter)],
        health,
      ),
    );
  }
  return made;

  function make(
    stage: Stage,
    name: string,
    path: string,
    dependsOn: readonly string[],
    health: Record<string, unknown>,
  ): KubeObject {
    return {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: {
        name,
        namespace: SYNC.namespace,
        labels: { 'homeplane.dev/component': component.name, 'homeplane.dev/stage': stage },
      },
      spec: {
        interval: plan.cluster.policy.reconcileInterval,
        retryInterval: '1m',
        timeout: '10m',
        path: repositoryPath(homelab, path),
        prune: true,
        sourceRef: { kind: 'GitRepository', name: SYNC.name },
        ...(isTenant(planned) ? { serviceAccountName: APPS_ACCOUNT } : {}),
        decryption: { provider: 'sops', secretRef: { name: gitops.decryptionSecret } },
        ...(dependsOn.length === 0 ? {} : { dependsOn: dependsOn.map((other) => ({ name: other })) }),
        ...health,
      },
    };
  }
}

/** An object that has no status yet must not pass for healthy: wait for Ready to be reported. */
function readyExpressions({ apiVersion, kind }: KubeObject): Record<string, string> {
  const ready = (status: string) =>
    `has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == '${status}')`;
  return { apiVersion, kind, current: ready('True'), inProgress: `!(${ready('True')})` };
}
