import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import pLimit from 'p-limit';
import type { KubeClient } from '../src/kube/index.ts';
import { type Cluster, readHomelab } from '../src/model/index.ts';
import { ClusterObserver, summarise } from '../src/observe/index.ts';
import { factsOf, HomelabState, listen } from '../src/status/index.ts';
import { applyBase } from '../src/twin/bootstrap.ts';
import { nodeObject } from '../src/twin/nodes.ts';
import { kwok } from '../src/twin/programs/kwok.ts';
import { openControlPlane } from '../test/real/control-plane.ts';
import { generatedHomelab } from './homelab.ts';

const CLUSTERS = 10;
const PODS = 5_000;
const READERS = 200;
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 300);
/** Changes a second over all clusters: in five minutes as many as a busy homelab makes in an hour. */
const RATE = 40;
const AT_ONCE = 2;

type Row = (what: string, milliseconds: number, note?: string) => void;
type Plane = Awaited<ReturnType<typeof openControlPlane>>;

/** Ten real API servers with KWOK, the page's state over all of them, and many readers of it. */
export async function page(row: Row): Promise<void> {
  const { homelab } = readHomelab(generatedHomelab(CLUSTERS));
  if (homelab === undefined) throw new Error('the definition has errors');
  const state = new HomelabState({ twin: true });
  state.define(factsOf(homelab, () => [], []));
  const server = await listen(
    { state, access: { hosts: [] }, assets: new Map(), version: 'bench' },
    { port: 0 },
  );
  const booted = performance.now();
  const limit = pLimit(AT_ONCE);
  const planes = await Promise.all(homelab.clusters.map((cluster) => limit(() => boot(cluster))));
  row(`page: ${CLUSTERS} API servers with ${PODS} pods`, performance.now() - booted);
  const observers = planes.map(({ plane, cluster }) => {
    const observer = new ClusterObserver(plane.client);
    observer.changes.subscribe(() =>
      state.hear(cluster.name, {
        snapshot: observer,
        status: summarise(cluster.name, observer, { kustomizations: [] }),
        heardAt: observer.heardAt,
      }),
    );
    observer.start();
    return observer;
  });
  while (!observers.every(({ complete }) => complete)) await sleep(100);
  const readers = execa('node', [
    new URL('readers.mjs', import.meta.url).pathname,
    server.url,
    String(READERS),
  ]);
  await sleep(3_000);
  const memory: number[] = [];
  const before = state.store.version;
  const changes = await churn(
    planes.map(({ plane }) => plane.client),
    memory,
  );
  await sleep(2_000);
  const last = state.store.version;
  readers.stdin.end();
  const { stdout } = await readers;
  const told = JSON.parse(stdout) as {
    versions: number[];
    gaps: number;
    snapshots: number;
    events: number;
    late: { p50: number; p99: number; max: number };
    behind: { p50: number; p99: number; max: number; count: number };
  };
  row(`page: told to a reader, median of ${told.events} events`, told.late.p50);
  row('page: told to a reader, p99', told.late.p99, `most ${told.late.max} ms, ${READERS} readers`);
  row('page: from the API server to a reader, median', told.behind.p50, `of ${told.behind.count}`);
  row('page: from the API server to a reader, p99', told.behind.p99, `most ${told.behind.max} ms`);
  console.log(
    `page: ${changes} changes in ${SECONDS} s, ${last - before} versions; ${told.gaps} gaps, ${told.snapshots - READERS} snapshots after the first; all at the last version: ${told.versions.length === 1 && told.versions[0] === last}`,
  );
  console.log(
    `page: resident memory ${memory.filter((_, index) => index % Math.ceil(memory.length / 10) === 0).join(', ')} MB, with all readers`,
  );
  for (const observer of observers) observer.stop();
  await server.stop();
  await Promise.all(planes.map(({ plane }) => plane.close()));
}

async function boot(cluster: Cluster): Promise<{ plane: Plane; cluster: Cluster }> {
  const plane = await openControlPlane(cluster);
  const { client } = plane;
  await applyBase(client);
  await plane.start(kwok, 'kwok');
  await Promise.all(cluster.nodes.map((node) => client.apply(nodeObject(cluster, node, 'bench'))));
  // Its controller is not there to make it.
  await client.apply({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace: 'default' },
  });
  const limit = pLimit(16);
  const pods = Array.from({ length: PODS / CLUSTERS }, (_, index) => index);
  await Promise.all(pods.map((index) => limit(() => client.apply(pod(index)))));
  for (let index = 0; index < 20; index += 1) await client.apply(deployment(index));
  return { plane, cluster };
}

/** Pods come and go, workloads change, all clusters at once. */
async function churn(clients: readonly KubeClient[], memory: number[]): Promise<number> {
  const until = Date.now() + SECONDS * 1_000;
  let changes = 0;
  let next = Date.now();
  while (Date.now() < until) {
    const client = clients[changes % clients.length];
    if (client === undefined) break;
    const index = Math.floor(Math.random() * (PODS / CLUSTERS));
    const work =
      changes % 4 === 3
        ? client.apply(deployment(index % 20))
        : changes % 4 === 2
          ? client.request(`/api/v1/namespaces/default/pods/pod-${index}?gracePeriodSeconds=0`, {
              method: 'DELETE',
            })
          : client.apply(pod(index));
    work.catch(() => undefined);
    changes += 1;
    if (changes % (RATE * 5) === 0) memory.push(Math.round(process.memoryUsage.rss() / 1e6));
    next += 1_000 / RATE;
    await sleep(Math.max(0, next - Date.now()));
  }
  return changes;
}

function pod(index: number) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${index}`, namespace: 'default', labels: { app: `app-${index % 50}` } },
    spec: {
      nodeName: `node-${(index % 3) + 1}`,
      automountServiceAccountToken: false,
      containers: [
        { name: 'main', image: 'example.org/app:1', resources: { requests: { cpu: '1m', memory: '1Mi' } } },
      ],
    },
  };
}

/** Its image says when it was made. */
function deployment(index: number) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `app-${index}`, namespace: 'default' },
    spec: {
      selector: { matchLabels: { app: `app-${index}` } },
      template: {
        metadata: { labels: { app: `app-${index}` } },
        spec: { containers: [{ name: 'main', image: `example.org/marker:${Date.now()}` }] },
      },
    },
  };
}
