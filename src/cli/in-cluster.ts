import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SYNC } from '../compile/index.ts';
import { docsPages } from '../docs/index.ts';
import { inClusterAccess, KubeClient, type KubeObject, textAt } from '../kube/index.ts';
import { renderedBy } from '../lock/index.ts';
import type { Homelab } from '../model/index.ts';
import { type Artifact, loadDefinition, unpackArtifact } from '../project/index.ts';
import { factsOf, HomelabState } from '../status/index.ts';
import { Fault, messageOf } from '../util/index.ts';
import type { Io } from './io.ts';
import { openPage, type PageOptions } from './page.ts';
import { openWatch } from './watch.ts';

const LOOK_MS = 10_000;

interface Defined {
  readonly cluster: string;
  readonly homelab: Homelab;
  readonly facts: ReturnType<typeof factsOf>;
  readonly docs: ReadonlyMap<string, string>;
}

/** The page of the cluster that this pod is in. */
export async function serveInCluster(
  io: Io,
  options: PageOptions & { readonly state: string },
): Promise<void> {
  const access = await inClusterAccess(process.env['HOMEPLANE_SERVICE_ACCOUNT']);
  const client = new KubeClient(access);
  const fetched = await newest(client);
  let defined = await define(fetched, options.state);
  const { cluster } = defined;
  const state = new HomelabState({ twin: false, watched: [cluster] });
  state.define(defined.facts);
  const watch = await openWatch(defined.homelab, new Map([[cluster, access]]));
  // Its account may only read: the API server would refuse to say what applying the definition would change.
  watch.show(state, { measures: true, drift: false });
  const server = await openPage(io, options, {
    state,
    client: () => undefined,
    alertmanager: () => undefined,
    docs: () => defined.docs,
    folder: options.state,
  });
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
  let last = fetched.artifact.digest;
  while (!stop.signal.aborted) {
    await sleep(LOOK_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    if (stop.signal.aborted) break;
    try {
      const next = await newest(client);
      if (next.artifact.digest === last) continue;
      last = next.artifact.digest;
      defined = await define(next, options.state);
      watch.define(defined.homelab);
      state.define(defined.facts);
    } catch (error) {
      // What is shown stays what it was.
      state.note({
        about: 'note',
        good: false,
        text: `the new definition is not shown: ${messageOf(error)}`,
      });
    }
  }
  watch.close();
  client.close();
  await server.stop();
}

interface Fetched {
  readonly artifact: Artifact;
  /** `./homelab/clusters/production`: what Flux applies. */
  readonly path: string;
}

/** What Flux has fetched last, and which part of it this cluster is. */
async function newest(client: KubeClient): Promise<Fetched> {
  const { name, namespace } = SYNC;
  const read = (apiVersion: string, kind: string) =>
    client.get<KubeObject>({ apiVersion, kind }, name, namespace);
  const [repository, kustomization] = await Promise.all([
    read('source.toolkit.fluxcd.io/v1', 'GitRepository'),
    read('kustomize.toolkit.fluxcd.io/v1', 'Kustomization'),
  ]);
  const [url, digest, path] = [
    textAt(repository, 'status', 'artifact', 'url'),
    textAt(repository, 'status', 'artifact', 'digest'),
    textAt(kustomization, 'spec', 'path'),
  ];
  if (url === undefined || digest === undefined || path === undefined)
    throw new Fault('HP1312', `GitRepository ${namespace}/${name} has nothing yet`);
  return { artifact: { url, digest }, path };
}

async function define({ artifact, path }: Fetched, folder: string): Promise<Defined> {
  const [, within = '', cluster] = /^(?:\.\/)?(?:(.*)\/)?clusters\/([^/]+)\/?$/.exec(path) ?? [];
  if (cluster === undefined) throw new Fault('HP1312', `${path} is not where homeplane puts a cluster`);
  const at = await unpackArtifact(artifact, within === '' ? '.' : within, join(folder, 'artifacts'));
  const { homelab, lock, findings } = await loadDefinition(join(at, 'homelab.ts'));
  if (homelab === undefined)
    throw new Fault('HP1312', `the definition has errors: ${findings[0]?.message ?? 'it cannot be read'}`);
  const rendered = renderedBy(lock);
  const facts = factsOf(homelab, rendered, findings);
  return { cluster, homelab, facts, docs: docsPages(homelab, rendered) };
}
