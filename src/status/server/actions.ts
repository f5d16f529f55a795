import type { ServicePort } from '../../components/index.ts';
import { isKubeError, type KubeClient, type KubeObject, textAt } from '../../kube/index.ts';
import { proxyPath } from '../../observe/index.ts';
import type { Action } from './openapi.ts';

/** Apiversions of what can be reconciled. */
const VERSIONS = {
  GitRepository: 'source.toolkit.fluxcd.io/v1',
  HelmRepository: 'source.toolkit.fluxcd.io/v1',
  Kustomization: 'kustomize.toolkit.fluxcd.io/v1',
  HelmRelease: 'helm.toolkit.fluxcd.io/v2',
} as const;

/** Who does something, and through what. */
export interface Actor {
  readonly client: KubeClient;
  readonly alertmanager?: ServicePort | undefined;
  readonly user: string;
}

/** Does it. @returns what was done, for a person. @throws KubeError when the API server refuses. */
export async function act({ client, alertmanager, user }: Actor, action: Action): Promise<string> {
  switch (action.action) {
    case 'reconcile': {
      const { kind, namespace, name } = action;
      const metadata = { name, namespace };
      await client.merge(
        { apiVersion: VERSIONS[kind], kind, metadata },
        {
          metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': new Date().toISOString() } },
        },
      );
      return `asked Flux to reconcile ${kind} ${namespace}/${name} now`;
    }
    case 'cordon':
      await setUnschedulable(client, action.node, true);
      return `${action.node} takes no new pods`;
    case 'uncordon':
      await setUnschedulable(client, action.node, false);
      return `${action.node} takes pods again`;
    case 'drain':
      return drain(client, action.node);
    case 'silence':
      return silence(client, alertmanager, user, action);
  }
}

async function silence(
  client: KubeClient,
  alertmanager: ServicePort | undefined,
  createdBy: string,
  { alert, hours }: Extract<Action, { action: 'silence' }>,
): Promise<string> {
  if (alertmanager === undefined) throw new Error('the cluster has no Alertmanager');
  const now = Date.now();
  await client.request(`${proxyPath(alertmanager)}/api/v2/silences`, {
    method: 'POST',
    body: {
      matchers: [{ name: 'alertname', value: alert, isRegex: false, isEqual: true }],
      startsAt: new Date(now).toISOString(),
      endsAt: new Date(now + hours * 3_600_000).toISOString(),
      createdBy,
      comment: 'from the page of homeplane',
    },
  });
  return `${alert} is silent for ${hours} h`;
}

async function setUnschedulable(client: KubeClient, name: string, unschedulable: boolean): Promise<void> {
  await client.merge({ apiVersion: 'v1', kind: 'Node', metadata: { name } }, { spec: { unschedulable } });
}

/** As `kubectl drain --ignore-daemonsets` does: no new pods, and the others asked to go; PodDisruptionBudgets may say no. */
async function drain(client: KubeClient, node: string): Promise<string> {
  await setUnschedulable(client, node, true);
  const { items } = await client.request<{ items: KubeObject[] }>(
    `/api/v1/pods?fieldSelector=${encodeURIComponent(`spec.nodeName=${node}`)}`,
  );
  const leaving = items.filter((pod) => !isTied(pod));
  let refused = 0;
  for (const { metadata } of leaving) {
    const { name, namespace } = metadata;
    try {
      await client.request(`/api/v1/namespaces/${namespace}/pods/${name}/eviction`, {
        method: 'POST',
        body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } },
      });
    } catch (error) {
      if (!isKubeError(error, 429)) throw error;
      refused += 1;
    }
  }
  const kept = refused === 0 ? '' : `; ${refused} must stay for now, by their PodDisruptionBudgets`;
  return `${node} takes no new pods, ${leaving.length - refused} pods leave it${kept}`;
}

/** A pod of a DaemonSet or of the kubelet itself would come back at once. */
function isTied({ metadata }: KubeObject): boolean {
  const owner = textAt(metadata, 'ownerReferences', 0, 'kind');
  return owner === 'DaemonSet' || owner === 'Node';
}
