import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { type ClusterPlan, gitRepository, repositories, rootKustomization, SYNC } from '../compile/index.ts';
import { isKubeError, type KubeClient, type KubeObject } from '../kube/index.ts';
import type { Homelab } from '../model/index.ts';
import type { Resolved } from '../toolchain/index.ts';
import { TWIN_GROUP } from './layout.ts';
import { nodeObject, SIMULATED } from './nodes.ts';

/** Flux leaves an object with this annotation as it is, so the compiled tree needs no changes for a twin. */
const KEEP = { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' };
const HOW = 'homeplane.dev/twin';

/** What the twin's own programs may do, and the namespace that Flux works in. */
export async function applyBase(client: KubeClient): Promise<void> {
  await client.apply({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'homeplane-twin' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: TWIN_GROUP }],
  });
  await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: SYNC.namespace } });
}

/** Makes the nodes what the definition says; nodes that left the definition go. */
export async function applyNodes(client: KubeClient, plan: ClusterPlan, kwokVersion: string): Promise<void> {
  const wanted = plan.cluster.nodes.map((node) => nodeObject(plan.cluster, node, kwokVersion));
  for (const node of wanted) {
    await client.apply(node);
    await client.merge(node, { status: node['status'] }, 'status');
  }
  const names = new Set(wanted.map(({ metadata }) => metadata.name));
  const { items } = await client.request<{ items: KubeObject[] }>(
    `/api/v1/nodes?labelSelector=${encodeURIComponent(`${SIMULATED}=node`)}`,
  );
  for (const { metadata } of items)
    if (!names.has(metadata.name))
      await client.request(`/api/v1/nodes/${metadata.name}`, { method: 'DELETE' });
}

/** The CRDs that came with a Flux controller. */
export async function applyCrds(client: KubeClient, program: Resolved): Promise<void> {
  if (program.assets === undefined) throw new Error(`${program.name} came without its CRDs`);
  const folder = join(program.assets, 'config/crd/bases');
  const files = await readdir(folder);
  await Promise.all(
    files.map(async (file) => {
      const crd = parse(await readFile(join(folder, file), 'utf8')) as KubeObject;
      await client.apply(crd);
      await established(client, crd);
    }),
  );
}

/** A kind is served a moment after its definition was accepted; a controller that asks sooner gives up. */
async function established(client: KubeClient, crd: KubeObject): Promise<void> {
  for (;;) {
    const { status } = await client.get<
      KubeObject & { status?: { conditions?: { type: string; status: string }[] } }
    >(crd, crd.metadata.name);
    if (
      status?.conditions?.some(({ type, status: value }) => type === 'Established' && value === 'True') ===
      true
    )
      return;
    await sleep(50);
  }
}

/** The age key that Kustomizations decrypt with: the twin's own, never the user's. */
async function applyDecryptionKey(client: KubeClient, name: string, keyFile: string): Promise<void> {
  await client.apply({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: SYNC.namespace, labels: { [SIMULATED]: 'secret' } },
    stringData: { 'age.agekey': await readFile(keyFile, 'utf8') },
  });
}

/** Where sources are fetched from in a twin. */
export interface LocalSources {
  readonly git: string;
  /** File with the age key that this cluster's Secrets are encrypted with in a twin. */
  readonly ageKey: string;
  readonly charts: string;
  /** Whether a chart repository of the tree is served locally. */
  serves(repository: KubeObject): boolean;
  /** Where stand-in charts are served. */
  readonly standIns: string;
  /** Whether there are stand-ins for every chart of a repository. */
  standsIn(repository: KubeObject): boolean;
}

/** Points Flux at the local sources and sets it going. */
export async function applySync(
  client: KubeClient,
  homelab: Homelab,
  plan: ClusterPlan,
  local: LocalSources,
): Promise<void> {
  const { gitops } = plan.exports;
  if (gitops === undefined) throw new Error(`cluster ${plan.cluster.name}: no component exports gitops`);
  await applyDecryptionKey(client, gitops.decryptionSecret, local.ageKey);
  for (const repository of repositories(plan).filter((candidate) => local.serves(candidate)))
    await client.apply(keptRepository(repository, local.charts, 'served locally'));
  const git = gitRepository(homelab, plan.cluster, { ...gitops, gitSecret: undefined });
  await client.apply(kept(git, { url: local.git, interval: '1m' }, 'served locally'));
  await client.apply(kept(rootKustomization(homelab, plan.cluster, gitops), {}, 'served locally'));
}

/** Asks Flux to look at Git now. The token comes back in the source's status when it has. */
export async function requestReconcile(client: KubeClient, token: string): Promise<void> {
  const git = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', metadata: { ...SYNC } };
  await client.merge(git, { metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': token } } });
}

/** Says of a chart repository that stand-ins are in its place. */
export const STAND_IN = 'stand-in charts';

/** A chart repository that is served from this machine. */
export function keptRepository(repository: KubeObject, url: string, how: string): KubeObject {
  return kept(repository, { type: 'default', url }, how);
}

/** Repositories that an earlier run served from this machine, and this one does not, are upstream's again. */
export async function giveBackRepositories(
  client: KubeClient,
  plan: ClusterPlan,
  local: LocalSources,
): Promise<void> {
  for (const repository of repositories(plan))
    if (!local.serves(repository)) await giveBack(client, repository);
}

async function giveBack(client: KubeClient, repository: KubeObject): Promise<void> {
  const { name, namespace } = repository.metadata;
  const present = await client.get(repository, name, namespace).catch((error: unknown) => {
    if (isKubeError(error, 404)) return undefined;
    throw error;
  });
  const how = present?.metadata.annotations?.[HOW];
  if (how === undefined) return;
  const annotations = how === STAND_IN ? { [WAS_STAND_IN]: 'true' } : {};
  await client.apply({ ...repository, metadata: { ...repository.metadata, annotations } });
}

function kept(object: KubeObject, spec: Record<string, unknown>, how: string): KubeObject {
  const { metadata } = object;
  return {
    ...object,
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...KEEP, [HOW]: how } },
    spec: { ...(object['spec'] as object), ...spec },
  };
}

/** On a repository that stood in for its upstream in an earlier run, and is tried again in this one. */
export const WAS_STAND_IN = 'homeplane.dev/was-stand-in';
