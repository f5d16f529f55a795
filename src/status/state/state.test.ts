import { describe, expect, it } from 'vitest';
import { soundDefinition } from '../../../test/support/definition.ts';
import { snapshotOf } from '../../../test/support/snapshot.ts';
import type { KubeObject } from '../../kube/index.ts';
import { readHomelab } from '../../model/index.ts';
import { type ActiveAlert, type Measures, summarise } from '../../observe/index.ts';
import { factsOf } from './facts.ts';
import { HomelabState } from './homelab-state.ts';
import { type Item, type ItemOf, ItemSchema } from './item.ts';

function sound() {
  const { homelab } = readHomelab(soundDefinition());
  if (homelab === undefined) throw new Error('the definition is not sound');
  return homelab;
}

const FACTS = factsOf(sound(), () => [], []);

function started(now: () => number = Date.now): HomelabState {
  const state = new HomelabState({ twin: true, now });
  state.define(FACTS);
  return state;
}

function hear(state: HomelabState, objects: readonly KubeObject[], connected = true): void {
  const snapshot = snapshotOf(objects, connected);
  const status = summarise('lab', snapshot, { kustomizations: [] });
  state.hear('lab', { snapshot, status, heardAt: Date.parse('2026-11-25T12:00:00Z') });
}

function item<T extends Item['type']>(state: HomelabState, key: string): ItemOf<T> {
  const found = state.store.get(key);
  if (found === undefined) throw new Error(`no item ${key}`);
  return found as ItemOf<T>;
}

function happenings(state: HomelabState): string[] {
  return [...state.store.items()].flatMap(([, one]) => (one.type === 'happening' ? [one.text] : []));
}

const node = (name: string, ready: 'True' | 'Unknown', spec: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  spec,
  status: {
    allocatable: { cpu: '3', memory: '6Gi', pods: '110' },
    conditions: [{ type: 'Ready', status: ready, message: 'Kubelet stopped posting node status.' }],
  },
});

const pod = (name: string, on: string, cpu: string, phase = 'Running'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'web' },
  spec: { nodeName: on, containers: [{ name: 'web', resources: { requests: { cpu, memory: '1Gi' } } }] },
  status: { phase },
});

const claim: KubeObject = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'web' },
  spec: {
    storageClassName: 'longhorn-fast',
    volumeName: 'pvc-1',
    resources: { requests: { storage: '2Gi' } },
  },
  status: { phase: 'Bound', capacity: { storage: '2Gi' } },
};

describe('the state before any cluster has answered', () => {
  it('is the whole definition, and every item fits its schema', () => {
    const state = started();
    const types = new Set<string>();
    for (const [key, one] of state.store.items()) {
      expect(ItemSchema.safeParse(one).error, key).toBeUndefined();
      types.add(one.type);
    }
    for (const type of [
      'homelab',
      'site',
      'board',
      'cluster',
      'node',
      'route',
      'flow',
      'alert',
      'capacity',
      'storage',
    ])
      expect(types).toContain(type);
    expect(item<'cluster'>(state, 'cluster/lab').state).toBe('starting');
    expect(item<'node'>(state, 'node/lab/pi-1')).toMatchObject({ state: 'unknown', board: 'pi-1' });
  });
});

describe('a node', () => {
  it('counts what pods that have not ended ask for', () => {
    const state = started();
    hear(state, [node('pi-1', 'True'), pod('a', 'pi-1', '500m'), pod('b', 'pi-1', '1', 'Succeeded')]);
    expect(item<'node'>(state, 'node/lab/pi-1')).toMatchObject({
      state: 'ready',
      cpu: { asked: 0.5, allocatable: 3 },
      pods: { asked: 1, allocatable: 110 },
    });
  });

  it('that is not heard any more is a problem with what to do, until it is back', () => {
    let now = Date.parse('2026-11-25T12:00:00Z');
    const state = started(() => now);
    hear(state, [node('pi-2', 'True')]);
    hear(state, [node('pi-2', 'Unknown')]);
    expect(item<'problem'>(state, 'problem/lab/Node/pi-2')).toMatchObject({
      message: 'is down: Kubelet stopped posting node status.',
      todo: expect.stringContaining('pi-2: power, network, heat'),
      since: '2026-11-25T12:00:00.000Z',
    });
    now += 90_000;
    hear(state, [node('pi-2', 'Unknown')]);
    expect(item<'problem'>(state, 'problem/lab/Node/pi-2').since).toBe('2026-11-25T12:00:00.000Z');
    hear(state, [node('pi-2', 'True')]);
    expect(state.store.get('problem/lab/Node/pi-2')).toBeUndefined();
    expect(happenings(state)).toEqual(
      expect.arrayContaining(['pi-2 is down', 'pi-2 is ready', 'Node/pi-2 is well again, after 1 min 30 s']),
    );
  });

  it('of a cluster that does not answer is not known', () => {
    const state = started();
    hear(state, [node('pi-1', 'True')]);
    hear(state, [node('pi-1', 'True')], false);
    expect(item<'node'>(state, 'node/lab/pi-1').state).toBe('unknown');
    expect(item<'cluster'>(state, 'cluster/lab')).toMatchObject({
      state: 'unreachable',
      heardAt: '2026-11-25T12:00:00.000Z',
    });
  });
});

describe('what monitoring says', () => {
  const measures = (alerts: readonly ActiveAlert[] = []): Measures => ({
    at: Date.parse('2026-11-25T12:00:00Z'),
    nodes: new Map([
      [
        'pi-1',
        {
          celsius: 61,
          cpu: 0.5,
          writtenPerDay: new Map([
            ['nvme0n1', 1e11],
            ['sda', 1e15],
          ]),
        },
      ],
    ]),
    alerts,
    silences: [],
    used: [{ at: Date.parse('2026-11-24T12:00:00Z'), bytes: 1e9 }],
  });

  it('is at the node, with watts and years worked out from its data sheets', () => {
    const state = started();
    hear(state, [node('pi-1', 'True')]);
    expect(item<'node'>(state, 'node/lab/pi-1').measured).toBeUndefined();
    state.measure('lab', measures());
    // 512 GB of NVMe are rated for 600 writes of the whole: 307.2 TB, at 0.1 TB a day.
    expect(item<'node'>(state, 'node/lab/pi-1').measured).toEqual({
      at: '2026-11-25T12:00:00.000Z',
      celsius: 61,
      cpu: 0.5,
      watts: 8,
      diskYears: expect.closeTo(8.4, 1),
    });
    expect(item<'storage'>(state, 'storage/lab').used).toEqual([
      { at: '2026-11-24T12:00:00.000Z', bytes: 1e9 },
    ]);
    state.measure('lab', undefined);
    expect(item<'node'>(state, 'node/lab/pi-1').measured).toBeUndefined();
    expect(item<'storage'>(state, 'storage/lab').used).toEqual([]);
  });

  it('makes alerts of the definition quiet or firing, and a problem of one that fires', () => {
    const state = started();
    hear(state, []);
    expect(item<'alert'>(state, 'alert/lab/TraefikDown').state).toBe('unknown');
    state.measure('lab', measures());
    expect(item<'alert'>(state, 'alert/lab/TraefikDown').state).toBe('quiet');
    const firing = {
      state: 'firing',
      severity: 'critical',
      since: '2026-11-25T12:00:00Z',
      summary: 'no way in',
    } as const;
    state.measure(
      'lab',
      measures([
        { ...firing, name: 'TraefikDown' },
        { ...firing, name: 'Watchdog', severity: 'none' },
      ]),
    );
    expect(item<'alert'>(state, 'alert/lab/TraefikDown')).toMatchObject({
      state: 'firing',
      summary: 'no way in',
    });
    expect(item<'alert'>(state, 'alert/lab/Watchdog')).toMatchObject({ state: 'firing', severity: 'info' });
    expect(item<'problem'>(state, 'problem/lab/Alert/TraefikDown')).toMatchObject({
      message: 'no way in',
      todo: expect.stringContaining('kubectl -n traefik describe deployment traefik'),
    });
    expect(state.store.get('problem/lab/Alert/Watchdog')).toBeUndefined();
    expect(happenings(state)).toContain('TraefikDown fires');
  });
});

describe('delivery', () => {
  const flux = (kind: string, name: string, spec: object, ready = 'True'): KubeObject => ({
    apiVersion: 'v1',
    kind,
    metadata: { name, namespace: 'flux-system', generation: 1 },
    spec,
    status: {
      observedGeneration: 1,
      conditions: [{ type: 'Ready', status: ready, reason: 'DependencyNotReady' }],
    },
  });

  it('is a graph of what is made from what, and says what waits for what', () => {
    const state = started();
    hear(state, [
      flux('GitRepository', 'flux-system', {}),
      flux(
        'Kustomization',
        'longhorn',
        { sourceRef: { kind: 'GitRepository', name: 'flux-system' } },
        'False',
      ),
      flux('Kustomization', 'vault', { dependsOn: [{ name: 'longhorn' }] }, 'False'),
    ]);
    expect(item<'delivery'>(state, 'delivery/lab/Kustomization/flux-system/vault')).toMatchObject({
      state: 'waiting',
      needs: ['delivery/lab/Kustomization/flux-system/longhorn'],
      waitsFor: ['delivery/lab/Kustomization/flux-system/longhorn'],
    });
    expect(item<'delivery'>(state, 'delivery/lab/Kustomization/flux-system/longhorn').needs).toEqual([
      'delivery/lab/GitRepository/flux-system/flux-system',
    ]);
  });
});

describe('a volume', () => {
  const longhorn = (kind: string, name: string, spec: object, status: object): KubeObject => ({
    apiVersion: 'longhorn.io/v1beta2',
    kind,
    metadata: { name, namespace: 'longhorn-system' },
    spec,
    status,
  });

  it('has its replicas, its last backup and who uses it', () => {
    const state = started();
    const used = { ...pod('db-0', 'pi-1', '1') };
    used['spec'] = {
      ...(used['spec'] as object),
      volumes: [{ persistentVolumeClaim: { claimName: 'data' } }],
    };
    hear(state, [
      claim,
      used,
      longhorn(
        'Volume',
        'pvc-1',
        { numberOfReplicas: 3 },
        { robustness: 'degraded', actualSize: 1024, lastBackupAt: '2026-11-24T01:00:00Z' },
      ),
      longhorn('Replica', 'r-1', { volumeName: 'pvc-1', nodeID: 'pi-1' }, { currentState: 'running' }),
      longhorn(
        'Replica',
        'r-2',
        { volumeName: 'pvc-1', nodeID: 'pi-2', failedAt: '2026-11-25T01:00:00Z' },
        {},
      ),
    ]);
    expect(item<'volume'>(state, 'volume/lab/web/data')).toMatchObject({
      size: 2 ** 31,
      used: 1024,
      state: 'waiting',
      message: expect.stringContaining('a replica is missing'),
      wantedReplicas: 3,
      replicas: [
        { node: 'pi-1', state: 'ready' },
        { node: 'pi-2', state: 'failed' },
      ],
      usedBy: ['db-0'],
      backedUp: true,
      lastBackupAt: '2026-11-24T01:00:00.000Z',
    });
  });

  it('knows how many replicas its class wants when Longhorn has not made it', () => {
    const state = started();
    hear(state, [claim]);
    expect(item<'volume'>(state, 'volume/lab/web/data')).toMatchObject({ wantedReplicas: 3, replicas: [] });
  });
});

describe('the network', () => {
  it('says which policy of a flow is there', () => {
    const state = started();
    const policy = (namespace: string, name: string): KubeObject => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, namespace },
    });
    hear(state, [policy('traefik', 'traefik-clients-in')]);
    expect(item<'flow'>(state, 'flow/lab/traefik/clients').policies).toEqual([
      { name: 'traefik/traefik-clients-in', there: true },
    ]);
    hear(state, []);
    expect(item<'flow'>(state, 'flow/lab/traefik/clients').policies).toEqual([
      { name: 'traefik/traefik-clients-in', there: false },
    ]);
  });

  it('counts each address of the pool once', () => {
    const state = started();
    const service = (name: string, ip: string): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'web' },
      spec: { type: 'LoadBalancer', ports: [{ port: 80 }, { port: 53, protocol: 'UDP' }] },
      status: { loadBalancer: { ingress: [{ ip }] } },
    });
    hear(state, [service('a', '192.168.7.160'), service('b', '192.168.7.160'), service('c', '10.0.0.1')]);
    expect(item<'pool'>(state, 'pool/lab/main')).toMatchObject({ used: 1, size: 20 });
    expect(item<'address'>(state, 'address/lab/web/a').ports).toEqual(['80', '53/UDP']);
  });

  it('has certificates with the day until when they last', () => {
    const state = started();
    hear(state, [
      {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        metadata: { name: 'wildcard', namespace: 'traefik' },
        spec: { dnsNames: ['*.lab.example.org'] },
        status: { notAfter: '2027-01-01T00:00:00Z', conditions: [{ type: 'Ready', status: 'True' }] },
      },
    ]);
    expect(item<'certificate'>(state, 'certificate/lab/traefik/wildcard')).toMatchObject({
      state: 'ready',
      until: '2027-01-01T00:00:00.000Z',
    });
  });
});

describe('security', () => {
  it('has one finding for each image with holes, however many use it', () => {
    const state = started();
    const report = (name: string): KubeObject => ({
      apiVersion: 'aquasecurity.github.io/v1alpha1',
      kind: 'VulnerabilityReport',
      metadata: { name, namespace: 'web' },
      report: { artifact: { repository: 'a/web', tag: '1.0' }, summary: { criticalCount: 2, highCount: 5 } },
    });
    hear(state, [report('one'), report('two')]);
    const found = [...state.store.items()].flatMap(([, one]) =>
      one.type === 'finding' && one.source === 'trivy' ? [one] : [],
    );
    expect(found).toMatchObject([
      { severity: 'critical', message: 'a/web:1.0 has 2 critical and 5 high vulnerabilities' },
    ]);
  });
});

describe('drift', () => {
  it('tells which fields are different, never their values, and what the API server would refuse', () => {
    const state = started();
    const field = { path: 'spec.replicas', before: '1', after: '2' };
    state.drift('lab', {
      changes: [
        { object: 'Deployment/web/web', kind: 'Deployment', action: 'change', effects: [], fields: [field] },
      ],
      refused: [{ object: 'Service/web/web', message: 'spec.clusterIP: field is immutable' }],
    });
    expect(item<'drift'>(state, 'drift/lab/Deployment/web/web')).toEqual({
      type: 'drift',
      cluster: 'lab',
      object: 'Deployment/web/web',
      action: 'change',
      fields: ['spec.replicas'],
      message: '',
    });
    expect(item<'drift'>(state, 'drift/lab/Service/web/web').action).toBe('refused');
    state.drift('lab', { changes: [], refused: [] });
    expect(state.store.get('drift/lab/Deployment/web/web')).toBeUndefined();
  });
});

describe('what goes on', () => {
  it('is there while it goes on', () => {
    const state = started();
    state.apply({ type: 'started', task: 'build etcd' });
    state.apply({ type: 'progress', task: 'build etcd', done: 3, total: 10, remainingSeconds: 8 });
    expect(item<'task'>(state, 'task/build etcd')).toMatchObject({ done: 3, total: 10, remainingSeconds: 8 });
    state.apply({ type: 'failed', task: 'build etcd', message: 'no Go' });
    expect(state.store.get('task/build etcd')).toBeUndefined();
    expect(happenings(state)).toEqual(['build etcd failed: no Go']);
  });

  it('is forgotten from the oldest', () => {
    const state = started();
    for (let count = 0; count < 250; count += 1) state.note({ about: 'note', text: String(count) });
    expect(happenings(state)).toHaveLength(200);
    expect(happenings(state)[0]).toBe('50');
  });
});
