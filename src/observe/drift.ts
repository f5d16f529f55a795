import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { ClusterPlan } from '../compile/index.ts';
import { compareItems, type Entry, entriesOf, type ObjectChange } from '../diff/index.ts';
import {
  identityOf,
  isKubeError,
  type KubeClient,
  type KubeObject,
  listAt,
  mapAt,
  objectName,
  textAt,
} from '../kube/index.ts';

/** Flux leaves an object with this annotation as it is; a twin has it on what it serves itself. */
const LEFT_ALONE = 'kustomize.toolkit.fluxcd.io/reconcile';
/** On what a twin makes because nobody else can. */
const SIMULATED = 'homeplane.dev/simulated';

/** As whom Flux applies the tree: what it once wrote and no longer writes is taken away. */
const MANAGER = 'kustomize-controller';
const AT_ONCE = 16;

/** What applying the tree would do to a live cluster. */
export interface Drift {
  readonly changes: readonly ObjectChange[];
  /** Objects that the API server would refuse, and why. */
  readonly refused: readonly { readonly object: string; readonly message: string }[];
}

/**
 * Asks a cluster what applying objects would change, by server-side dry-run: its own defaults and admission are in it.
 * Encrypted Secrets are left out, only Flux can read them.
 */
export async function drift(client: KubeClient, entries: readonly Entry[]): Promise<Drift> {
  const limit = pLimit(AT_ONCE);
  const wanted = entries.filter(({ object }) => object['sops'] === undefined);
  const asked = await Promise.all(wanted.map((entry) => limit(() => ask(client, entry))));
  const kept = new Set(entries.map(({ object }) => identityOf(object)));
  const pruned = await prunedBy(client, kept);
  const gone = (await Promise.all(pruned.map((object) => limit(() => liveEntry(client, { object }))))).flat();
  const before = [...asked.flatMap(({ before: live }) => live), ...gone];
  const after = asked.flatMap(({ after: dry }) => dry);
  return { changes: compareItems(before, after), refused: asked.flatMap(({ refused }) => refused) };
}

const AGAIN_MS = 300_000;
const LOOK_MS = 1_000;

/**
 * Asks again every five minutes, and when there is another plan, until the signal.
 * @param plan What the cluster is to be; the same object as long as it stays the same.
 * @param settled Whether the cluster is where it should be: on its way, everything would be drift.
 */
export async function followDrift(
  client: KubeClient,
  plan: () => ClusterPlan | undefined,
  settled: () => boolean,
  tell: (drift: Drift) => void,
  signal: AbortSignal,
): Promise<void> {
  let asked: { readonly at: number; readonly plan: ClusterPlan } | undefined;
  while (!signal.aborted) {
    const now = plan();
    const due = asked === undefined || asked.plan !== now || performance.now() - asked.at > AGAIN_MS;
    if (now !== undefined && due && settled()) {
      asked = { at: performance.now(), plan: now };
      // A cluster that may not be asked, or does not answer, tells so elsewhere.
      const found = await drift(client, entriesOf(now, undefined)).catch(() => undefined);
      if (found !== undefined && !signal.aborted) tell(found);
    }
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

interface Answer {
  readonly before: readonly Entry[];
  readonly after: readonly Entry[];
  readonly refused: Drift['refused'];
}

async function ask(client: KubeClient, entry: Entry): Promise<Answer> {
  const { object } = entry;
  const before = await liveEntry(client, entry);
  if (before.some(({ object: live }) => mapAt(live, 'metadata', 'annotations')[LEFT_ALONE] === 'disabled'))
    return { before: [], after: [], refused: [] };
  try {
    const applied = await client.apply(object, MANAGER, true);
    return { before, after: [{ ...entry, object: bare(applied) }], refused: [] };
  } catch (error) {
    if (!isKubeError(error)) throw error;
    // A kind or a namespace that comes with the same change is not there yet.
    if (error.status === 404) return { before, after: [entry], refused: [] };
    return { before, after: before, refused: [{ object: objectName(object), message: error.message }] };
  }
}

/** An object as it is now; nothing where it is not there, or is a twin's own. */
async function liveEntry(client: KubeClient, entry: Entry): Promise<Entry[]> {
  const { object } = entry;
  const live = await unlessMissing(client.get(object, object.metadata.name, object.metadata.namespace));
  if (live === undefined || live.metadata.labels?.[SIMULATED] !== undefined) return [];
  return [{ ...entry, object: bare(live) }];
}

/** Objects that Flux applied before and would delete: they are in an inventory of its own. */
async function prunedBy(client: KubeClient, kept: ReadonlySet<string>): Promise<KubeObject[]> {
  const path = await client.path({ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' });
  const { items } = await client.request<{ items: KubeObject[] }>(path);
  const inventory = items.flatMap((object) => listAt(object, 'status', 'inventory', 'entries'));
  return inventory.flatMap((entry): KubeObject[] => {
    // `namespace_name_group_Kind`; RBAC names have a colon written as two underscores.
    const match = /^([^_]*)_(.+)_([^_]*)_([^_]+)$/.exec(textAt(entry, 'id') ?? '');
    if (match === null) return [];
    const [, namespace = '', name = '', group = '', kind = ''] = match;
    const version = textAt(entry, 'v') ?? 'v1';
    const object: KubeObject = {
      apiVersion: group === '' ? version : `${group}/${version}`,
      kind,
      metadata: { name: name.replaceAll('__', ':'), ...(namespace === '' ? {} : { namespace }) },
    };
    return kept.has(identityOf(object)) ? [] : [object];
  });
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isKubeError(error) && error.status === 404) return undefined;
    throw error;
  }
}

/** Kept by the API server. */
const KEPT = new Set(['managedFields', 'resourceVersion', 'uid', 'generation', 'creationTimestamp']);

/** Without what the API server and Flux keep of it for themselves. */
function bare(object: KubeObject): KubeObject {
  const without = (fields: object, drop: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => !drop(name)));
  const labels = without(object.metadata.labels ?? {}, (name) =>
    name.startsWith('kustomize.toolkit.fluxcd.io/'),
  );
  const metadata = { ...without(object.metadata, (name) => KEPT.has(name)), labels };
  return { ...without(object, (name) => name === 'status'), metadata } as KubeObject;
}
