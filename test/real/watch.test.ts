import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { KubeClient, type KubeObject, reflect } from '../../src/kube/index.ts';
import { readHomelab } from '../../src/model/index.ts';
import { ClusterObserver } from '../../src/observe/index.ts';
import { soundDefinition } from '../support/definition.ts';
import { openLine } from '../support/line.ts';
import { openControlPlane } from './control-plane.ts';

const SERVICES = { apiVersion: 'v1', kind: 'Service' };

let plane: Awaited<ReturnType<typeof openControlPlane>>;
let line: Awaited<ReturnType<typeof openLine>>;
let client: KubeClient;
let stop: AbortController;

beforeAll(async () => {
  const { homelab } = readHomelab(soundDefinition());
  const [cluster] = homelab?.clusters ?? [];
  if (cluster === undefined) throw new Error('no cluster');
  plane = await openControlPlane(cluster);
  line = await openLine(Number(new URL(plane.admin.server).port));
  client = new KubeClient({ ...plane.admin, server: line.url });
  stop = new AbortController();
});

afterEach(() => {
  vi.useRealTimers();
  line.silence(false);
  line.slow(0);
});

afterAll(async () => {
  stop.abort();
  client.close();
  line.close();
  await plane.close();
});

function service(name: string, note: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default', labels: { note } },
    spec: { ports: [{ port: 80 }] },
  };
}

/** Makes, changes and deletes, without the line in between. */
async function churn(rounds: number, prefix: string, pauseMs = 0): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await plane.client.apply(service(`${prefix}-${round % 7}`, `round-${round}`));
    if (round % 5 === 4)
      await plane.client
        .request(await plane.client.path(SERVICES, 'default', `${prefix}-${round % 7}`), { method: 'DELETE' })
        .catch(() => undefined);
    if (pauseMs > 0) await sleep(pauseMs);
  }
}

async function truth(): Promise<string[]> {
  const { items } = await plane.client.request<{ items: KubeObject[] }>('/api/v1/services');
  return items.map(versionOf).toSorted();
}

function versionOf({ metadata }: KubeObject): string {
  return `${metadata.namespace}/${metadata.name}@${String(metadata['resourceVersion'])}`;
}

/** Follows Services over the line, and counts how often everything was listed. */
function follow() {
  const objects = new Map<string, KubeObject>();
  const seen = { lists: 0, connected: false };
  const keyOf = ({ metadata }: KubeObject) => `${metadata.namespace}/${metadata.name}`;
  void reflect(
    client,
    SERVICES,
    {
      replaced: (all) => {
        seen.lists += 1;
        objects.clear();
        for (const object of all) objects.set(keyOf(object), object);
      },
      changed: (object) => void objects.set(keyOf(object), object),
      deleted: (object) => void objects.delete(keyOf(object)),
      connected: (connected) => {
        seen.connected = connected;
      },
    },
    stop.signal,
  );
  return { seen, versions: () => [...objects.values()].map(versionOf).toSorted() };
}

describe('a collection that is followed', () => {
  it('is what it is, over a slow line', async () => {
    const { versions } = follow();
    line.slow(40);
    await churn(60, 'slow');
    await expect.poll(versions, { timeout: 20_000 }).toEqual(await truth());
  });

  it('goes on where it was when the line is cut, without listing again', async () => {
    const { seen, versions } = follow();
    await expect.poll(() => seen.lists).toBe(1);
    for (let cut = 0; cut < 5; cut += 1) {
      await churn(10, `cut-${cut}`);
      line.cut();
    }
    await expect.poll(versions, { timeout: 20_000 }).toEqual(await truth());
    expect(seen.lists).toBe(1);
  });

  it('goes on when the server was away and is started anew', async () => {
    const { seen, versions } = follow();
    await expect.poll(() => seen.lists).toBe(1);
    line.silence(true);
    await churn(20, 'forgotten');
    // Started anew, the server knows nothing of before.
    await plane.restartApiServer(async () => {
      line.cut();
      line.silence(false);
    });
    await churn(20, 'after');
    await expect.poll(versions, { timeout: 30_000 }).toEqual(await truth());
  });

  it('notices a version that is too old, and says so by nothing but a new list', async () => {
    const lists: number[] = [];
    const request = vi.spyOn(client, 'stream');
    // Whatever version the first watch asks for, the server is asked for one that it has long forgotten.
    request.mockImplementationOnce((path, options) =>
      KubeClient.prototype.stream.call(client, path, options),
    );
    request.mockImplementationOnce((path, options) =>
      KubeClient.prototype.stream.call(
        client,
        path.replace(/resourceVersion=\d+/, 'resourceVersion=1'),
        options,
      ),
    );
    const end = new AbortController();
    void reflect(
      client,
      SERVICES,
      { replaced: (all) => void lists.push(all.length), changed: () => undefined, deleted: () => undefined },
      end.signal,
    );
    await expect.poll(() => lists.length, { timeout: 10_000 }).toBe(2);
    end.abort();
    request.mockRestore();
  });

  it('does not mind a clock that jumps', async () => {
    const { versions } = follow();
    await expect.poll(versions).toEqual(await truth());
    vi.useFakeTimers({ toFake: ['Date'] });
    for (const jump of [86_400_000, -172_800_000]) {
      vi.setSystemTime(Date.now() + jump);
      await churn(5, 'jump');
      await expect.poll(versions, { timeout: 10_000 }).toEqual(await truth());
    }
  });
});

describe('the observer', () => {
  it('knows in seconds that a silent line is dead, and goes on when it is not', async () => {
    const observer = new ClusterObserver(client);
    observer.start();
    try {
      await expect.poll(() => observer.complete && observer.connected, { timeout: 20_000 }).toBe(true);
      const heard = observer.heardAt ?? 0;
      expect(Date.now() - heard).toBeLessThan(5_000);
      line.silence(true);
      await expect.poll(() => observer.connected, { timeout: 15_000 }).toBe(false);
      await churn(10, 'unheard');
      line.silence(false);
      await expect.poll(() => observer.connected, { timeout: 15_000 }).toBe(true);
      await expect
        .poll(() => observer.objects('Service').map(versionOf).toSorted(), { timeout: 15_000 })
        .toEqual(await truth());
      expect(observer.heardAt).toBeGreaterThan(heard);
    } finally {
      observer.stop();
    }
  });

  it('keeps little of an object', async () => {
    const observer = new ClusterObserver(client);
    observer.start();
    try {
      const long = 'x'.repeat(20_000);
      await plane.client.apply({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'long', namespace: 'default', annotations: { long } },
        spec: {
          selector: { matchLabels: { app: 'long' } },
          template: {
            metadata: { labels: { app: 'long' } },
            spec: {
              containers: [{ name: 'a', image: 'a/b:1', args: [long], env: [{ name: 'A', value: long }] }],
            },
          },
        },
      });
      const kept = () => observer.objects('Deployment').find(({ metadata }) => metadata.name === 'long');
      await expect.poll(kept, { timeout: 10_000 }).toBeDefined();
      expect(JSON.stringify(kept()).length).toBeLessThan(1_000);
      expect(kept()).toMatchObject({ spec: { template: { spec: { containers: [{ image: 'a/b:1' }] } } } });
    } finally {
      observer.stop();
    }
  });
});
