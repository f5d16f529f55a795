import { describe, expect, it } from 'vitest';
import type { ClusterStatus } from '../../observe/index.ts';
import { plain } from '../../util/index.ts';
import { jsonLines, plainLines, renderScreen, type UpEvent, View } from './index.ts';

const waiting: ClusterStatus = {
  name: 'staging',
  connected: true,
  objects: [
    { kind: 'Node', namespace: undefined, name: 'pi', state: 'ready', message: '' },
    {
      kind: 'Kustomization',
      namespace: 'flux-system',
      name: 'traefik',
      state: 'waiting',
      message: "dependency 'flux-system/metallb' is not ready",
    },
    {
      kind: 'Service',
      namespace: 'traefik',
      name: 'traefik',
      state: 'ready',
      message: '',
      address: '192.168.1.160',
    },
    { kind: 'Pod', namespace: 'traefik', name: 'traefik-1', state: 'waiting', message: 'Pending' },
  ],
  causes: [
    { object: 'ReplicaSet/metallb-system/web-1', message: 'pods "web-1" is forbidden:\n  no', chart: false },
  ],
  ready: false,
  blockedByCharts: false,
};
const ready: ClusterStatus = {
  ...waiting,
  objects: waiting.objects.map((object) => ({ ...object, state: 'ready', message: '' })),
  causes: [],
  ready: true,
};
const events: UpEvent[] = [
  { type: 'started', task: 'build etcd' },
  { type: 'progress', task: 'build etcd', done: 30, total: 120, detail: 'packages', remainingSeconds: 75 },
  {
    type: 'process-died',
    service: 'staging/etcd',
    reason: 'exited with 1',
    restartSeconds: 0.5,
    log: undefined,
  },
  { type: 'cluster', status: waiting },
];

describe('lines', () => {
  it('say what changed, once', () => {
    const toLines = plainLines(plain, () => 0);
    const lines = [
      ...events,
      { type: 'cluster', status: waiting } as const,
      { type: 'cluster', status: ready } as const,
    ].flatMap(toLines);
    expect(lines.map((line) => line.slice(8))).toEqual([
      'build etcd ...',
      'staging/etcd exited with 1; starting it again in 0.5 s',
      'staging Node/pi ready',
      "staging Kustomization/flux-system/traefik waits: dependency 'flux-system/metallb' is not ready",
      'staging Service/traefik/traefik ready at 192.168.1.160',
      'staging at fault ReplicaSet/metallb-system/web-1: pods "web-1" is forbidden: no',
      'staging is not ready yet',
      'staging Kustomization/flux-system/traefik ready',
      'staging Pod/traefik/traefik-1 ready',
      'staging is ready',
    ]);
  });

  it('repeat progress only now and then', () => {
    let clock = 0;
    const toLines = plainLines(plain, () => clock);
    const progress: UpEvent = {
      type: 'progress',
      task: 'build etcd',
      done: 30,
      total: 120,
      detail: 'packages',
      remainingSeconds: 75,
    };
    clock = 11_000;
    expect(toLines(progress)).toEqual(['  11.0s build etcd: 30 of 120 packages, about 1 min 15 s left']);
    expect(toLines(progress)).toEqual([]);
    clock = 22_000;
    expect(toLines(progress)).toHaveLength(1);
  });
});

describe('JSON', () => {
  it('is one object a line, and a status only as what changed', () => {
    const toLines = jsonLines();
    const first = [...events].flatMap(toLines).map((line) => JSON.parse(line) as { type: string });
    expect(first.map(({ type }) => type)).toEqual([
      'started',
      'progress',
      'process-died',
      'object',
      'object',
      'object',
      'object',
      'cause',
      'cluster',
    ]);
    expect(toLines({ type: 'cluster', status: waiting })).toEqual([]);
  });
});

describe('the screen', () => {
  const view = new View(0);
  for (const event of events) view.apply(event);

  it('shows tasks, clusters, what is at fault and what waits', () => {
    expect(renderScreen(view, plain, 100, 12_000)).toMatchInlineSnapshot(`
      "homeplane  12 s

        build etcd [#####...............] 30/120 packages, about 1 min 15 s left

      staging  converging  1 of 1 node, 0 of 1 Kustomization, 0 of 0 releases, 0 of 1 pod
        192.168.1.160 traefik/traefik
        at fault ReplicaSet/metallb-system/web-1: pods "web-1" is forbidden: no
                 Read what the API server says of it: \`kubectl describe\` on the object.
        waits   Kustomization/traefik: dependency 'flux-system/metallb' is not ready
        waits   Pod/traefik-1: Pending

        staging/etcd exited with 1; starting it again in 0.5 s"
    `);
  });

  it('is never wider than the terminal', () => {
    for (const line of renderScreen(view, plain, 30, 12_000).split('\n'))
      expect(line.length).toBeLessThanOrEqual(30);
  });
});
