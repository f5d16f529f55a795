import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Choose, place } from '../../src/capacity/place.ts';
import { type PodGroup, podGroups } from '../../src/capacity/pods.ts';
import { systemPods } from '../../src/capacity/system.ts';
import { inventory, planHomelab } from '../../src/compile/index.ts';
import {
  app,
  cluster,
  defineHomelab,
  flannel,
  flux,
  longhorn,
  metallb,
  node,
  nvme,
  raspberryPi5,
  site,
  ubuntu,
} from '../../src/index.ts';
import type { KubeClient, KubeObject } from '../../src/kube/index.ts';
import { type Cluster, readHomelab } from '../../src/model/index.ts';
import { nodeObject } from '../../src/twin/nodes.ts';
import { scheduler } from '../../src/twin/programs/control-plane.ts';
import { openControlPlane } from './control-plane.ts';

/** Whether capacity is right is for the real scheduler to say: random homelabs, and each of their pods. */
const HOMELABS = 200;
const SEED = 20261125;
/** How often the dice are thrown for each. */
const CHANCES = 60;

const labs = fc.record({
  memories: fc.array(fc.constantFrom('4GB' as const, '8GB' as const, '16GB' as const), {
    minLength: 1,
    maxLength: 5,
  }),
  apps: fc.array(
    fc.record({ cpu: fc.integer({ min: 1, max: 30 }), memory: fc.integer({ min: 1, max: 40 }) }),
    { minLength: 1, maxLength: 14 },
  ),
  seed: fc.integer(),
});
type Lab = typeof labs extends fc.Arbitrary<infer T> ? T : never;

const SCHEDULINGS = ['spread', 'pack'] as const;
type Scheduling = (typeof SCHEDULINGS)[number];

function clusterOf({ memories, apps }: Lab, scheduling: Scheduling) {
  const boards = memories.map((memory, index) =>
    raspberryPi5(`pi-${index}`, { memory, disks: [nvme('512GB')] }),
  );
  const definition = defineHomelab({
    name: 'random',
    git: { url: 'https://git.example.org/me/lab' },
    zone: 'example.org',
    email: 'me@example.org',
    sites: [
      site('home', {
        lan: { subnet: '192.168.7.0/24', gateway: '192.168.7.1', pools: { main: '192.168.7.160-179' } },
        boards,
      }),
    ],
    clusters: [
      cluster('lab', {
        environment: scheduling === 'spread' ? 'production' : 'staging',
        domain: 'lab.example.org',
        os: ubuntu({ release: '24.04' }),
        kubernetes: '1.36.3',
        controlPlaneAddress: '192.168.7.11',
        network: { pods: '10.42.0.0/16', services: '10.43.0.0/16', pool: 'main' },
        nodes: boards.map((board, index) =>
          node(`node-${index}`, {
            on: board,
            address: `192.168.7.${11 + index}`,
            roles: index === 0 ? ['control-plane', 'worker'] : ['worker'],
          }),
        ),
        components: [
          flannel(),
          metallb(),
          longhorn({ backup: { target: 'nfs://192.168.7.5:/backup' } }),
          flux(),
        ],
        apps: apps.map(({ cpu, memory }, index) =>
          app(`app-${index}`, {
            image: 'a/b:1.0.0',
            port: 80,
            requests: { cpu: `${cpu * 50}m`, memory: `${memory * 128}Mi` },
          }),
        ),
      }),
    ],
  });
  const { homelab, findings } = readHomelab(definition);
  const [plan] = homelab === undefined ? [] : planHomelab(homelab);
  if (plan === undefined) throw new Error(JSON.stringify(findings));
  const objects = inventory(plan, () => []).map(({ object }) => object);
  return { cluster: plan.cluster, groups: [...systemPods(plan.cluster), ...podGroups(objects)] };
}

/** The pods of a group, as their controllers would make them. */
function podsOf(group: PodGroup, lab: string, nodes: readonly string[]): KubeObject[] {
  const bound =
    group.node === undefined ? (group.copies === 'one on each node' ? nodes : undefined) : [group.node];
  const copies = group.copies === 'one on each node' ? nodes.length : group.copies;
  const name = `${group.namespace}-${group.name}`;
  return Array.from({ length: copies }, (_, copy) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${name}-${copy}`, namespace: lab, labels: { group: name.slice(0, 63) } },
    spec: {
      nodeSelector: { lab, ...(bound === undefined ? {} : { 'lab-node': bound[copy] ?? bound[0] }) },
      // Those of the system run on control planes too.
      tolerations: bound === undefined ? [] : [{ operator: 'Exists' }],
      automountServiceAccountToken: false,
      ...(group.apart
        ? {
            affinity: {
              podAntiAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: [
                  {
                    topologyKey: 'kubernetes.io/hostname',
                    labelSelector: { matchLabels: { group: name.slice(0, 63) } },
                  },
                ],
              },
            },
          }
        : {}),
      containers: [
        {
          name: 'main',
          image: 'a/b:1.0.0',
          resources: {
            // What asks for nothing names no amount: that is not the same as asking for zero.
            requests: {
              ...(group.cpu === 0 ? {} : { cpu: `${Math.round(group.cpu * 1000)}m` }),
              ...(group.memory === 0 ? {} : { memory: String(Math.round(group.memory)) }),
            },
          },
        },
      ],
    },
  }));
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const [order = []] = fc.sample(
    fc.shuffledSubarray(
      items.map((_, index) => index),
      { minLength: items.length },
    ),
    { seed, numRuns: 1 },
  );
  return order.flatMap((index) => items[index] ?? []);
}

describe.each(SCHEDULINGS)('a cluster that is told to %s', (scheduling) => {
  let plane: Awaited<ReturnType<typeof openControlPlane>>;
  let client: KubeClient;

  beforeAll(async () => {
    const [any] = fc.sample(labs, { seed: SEED, numRuns: 1 });
    if (any === undefined) throw new Error('no homelab');
    plane = await openControlPlane(clusterOf(any, scheduling).cluster);
    await plane.start((layout, { file }) => scheduler(layout, file), 'kube-scheduler');
    client = plane.client;
  });

  afterAll(() => plane.close());

  it(`has room for what capacity says that it has, in ${HOMELABS / 2} random homelabs`, async () => {
    const samples = fc.sample(labs, { seed: SEED + scheduling.length, numRuns: HOMELABS / 2 });
    const limit = pLimit(12);
    const results = await Promise.all(
      samples.map((lab, index) => limit(() => compare(client, lab, `lab-${index}`, scheduling))),
    );
    const certain = results.filter(({ predicted }) => predicted.size === 1);
    const fit = certain.filter(({ predicted }) => predicted.has(0));
    process.stderr.write(
      `${scheduling}: ${certain.length} of ${results.length} do not depend on chance, ${fit.length} of those fit\n`,
    );
    // Neither answer may be the only one, or nothing is compared.
    expect(fit.length).toBeGreaterThan(10);
    expect(certain.length - fit.length).toBeGreaterThan(10);
    const wrong = results
      .filter(({ predicted, real }) => !predicted.has(real))
      .map(({ predicted, real }) => `predicted ${[...predicted].join(' or ')} without a place, were ${real}`);
    expect(wrong).toEqual([]);
  });
});

/** How many pods find no place: as predicted, and as the real scheduler has it. */
async function compare(client: KubeClient, lab: Lab, name: string, scheduling: Scheduling) {
  const { cluster: made, groups } = clusterOf(lab, scheduling);
  // In whatever order somebody applied them.
  const arrived = shuffled(groups, lab.seed);
  const predicted = outcomes(made, arrived, lab.seed);
  await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  await client.apply({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace: name },
  });
  for (const each of made.nodes) await applyNode(client, made, each, name);
  const pods = arrived.flatMap((group) =>
    podsOf(
      group,
      name,
      made.nodes.map((each) => each.name),
    ),
  );
  for (const pod of pods)
    await client.request(`/api/v1/namespaces/${name}/pods`, { method: 'POST', body: pod });
  return { lab, predicted, real: await homeless(client, name, pods.length) };
}

async function applyNode(client: KubeClient, made: Cluster, each: Cluster['nodes'][number], lab: string) {
  const { status, ...object } = nodeObject(made, each, 'test');
  const name = `${lab}-${each.name}`;
  const labels = { ...object.metadata.labels, lab, 'lab-node': each.name, 'kubernetes.io/hostname': name };
  const metadata = { ...object.metadata, name, labels };
  await client.apply({ ...object, metadata });
  const ready = {
    conditions: [
      {
        type: 'Ready',
        status: 'True',
        reason: 'Test',
        message: '',
        lastHeartbeatTime: null,
        lastTransitionTime: null,
      },
    ],
  };
  await client.merge(
    { apiVersion: 'v1', kind: 'Node', metadata },
    { status: { ...(status as object), ...ready } },
    'status',
  );
  // The API server marks every new node as not ready; who takes that off again is not run here.
  const { taints = [] } = object['spec'] as { taints?: object[] };
  await client.merge({ apiVersion: 'v1', kind: 'Node', metadata }, { spec: { taints } });
}

/** How many pods may find no place: of nodes that it likes alike, the scheduler takes one by chance. */
function outcomes(
  { nodes, policy }: Cluster,
  groups: readonly PodGroup[],
  seed: number,
): ReadonlySet<number> {
  const dice = fc.sample(fc.infiniteStream(fc.nat()), { seed, numRuns: CHANCES });
  return new Set(
    dice.map((rolls) => {
      const choose: Choose = (seats) => seats[Number(rolls.next().value) % Math.max(1, seats.length)];
      return place(nodes, groups, policy.scheduling, choose).unplaced.length;
    }),
  );
}

/** Waits until the scheduler has looked at every pod. */
async function homeless(client: KubeClient, namespace: string, count: number): Promise<number> {
  for (let tries = 0; tries < 300; tries += 1) {
    const { items } = await client.request<{
      items: { spec: { nodeName?: string }; status: { conditions?: { type: string; reason?: string }[] } }[];
    }>(`/api/v1/namespaces/${namespace}/pods`);
    const refused = items.filter(({ status }) =>
      status.conditions?.some(({ type, reason }) => type === 'PodScheduled' && reason === 'Unschedulable'),
    );
    const bound = items.filter(({ spec }) => spec.nodeName !== undefined);
    if (bound.length + refused.filter((pod) => pod.spec.nodeName === undefined).length === count)
      return count - bound.length;
    await sleep(200);
  }
  throw new Error(`${namespace}: not every pod was looked at`);
}
