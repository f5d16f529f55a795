import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { soundDefinition } from '../../../test/support/definition.ts';
import { KubeClient } from '../../kube/index.ts';
import { readHomelab } from '../../model/index.ts';
import { type Delta, factsOf, HomelabState, type Item, Store } from '../state/index.ts';
import type { AppOptions, AuditEntry } from './app.ts';
import { serverSentEvents } from './events.ts';
import { listen, type PageServer } from './listen.ts';
import { OPERATIONS } from './openapi.ts';

const servers: PageServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const ASSETS: AppOptions['assets'] = new Map([
  [
    '/index.html',
    { type: 'text/html', body: new Uint8Array([60]), gzipped: new Uint8Array([31]), immutable: false },
  ],
]);

async function serve(options: Partial<AppOptions> = {}): Promise<PageServer & { state: HomelabState }> {
  const state = options.state ?? new HomelabState({ twin: true });
  const server = await listen(
    { state, access: { hosts: [] }, assets: ASSETS, version: '1.2.3', ...options },
    { port: 0 },
  );
  servers.push(server);
  return { ...server, state };
}

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** As a browser or anybody else would ask: `fetch` does not let a test say who it is. */
function ask(url: string, headers: Record<string, string> = {}, body?: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      {
        method: body === undefined ? 'GET' : 'POST',
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      },
    );
    request.once('error', reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

describe('who is let in', () => {
  it.each([
    [{}, 200],
    [{ host: 'rebound.example.org' }, 421],
    [{ host: 'rebound.example.org:4270' }, 421],
    [{ host: '192.168.7.9:4270' }, 200],
    [{ host: '[fe80::1]:4270' }, 200],
    [{ host: '192.168.7.9.example.org' }, 421],
    [{ origin: 'http://evil.example.org' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }, 403],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 200],
    [{ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }, 200],
  ])('%j: %i', async (headers, status) => {
    const { url } = await serve();
    expect((await ask(`${url}/api/state`, headers)).status).toBe(status);
  });

  it('is called by further names that somebody has allowed', async () => {
    const { url } = await serve({ access: { hosts: ['status.lab.example.org'] } });
    expect((await ask(`${url}/api/state`, { host: 'status.lab.example.org' })).status).toBe(200);
    expect((await ask(`${url}/api/state`, { host: 'lab.example.org' })).status).toBe(421);
  });

  it('asks for the token by header or cookie, and never for the page itself', async () => {
    const { url } = await serve({ access: { hosts: [], token: 'a-long-enough-token' } });
    expect((await ask(url)).status).toBe(200);
    expect((await ask(`${url}/api/state`)).status).toBe(401);
    expect((await ask(`${url}/api/events`)).status).toBe(401);
    expect((await ask(`${url}/metrics`)).status).toBe(401);
    expect((await ask(`${url}/api/state`, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await ask(`${url}/api/state`, { authorization: 'Bearer a-long-enough-token' })).status).toBe(200);
    expect((await ask(`${url}/api/session`, {}, { token: 'wrong' })).status).toBe(401);
    const { headers } = await ask(`${url}/api/session`, {}, { token: 'a-long-enough-token' });
    const [cookie = ''] = headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict$/);
    expect((await ask(`${url}/api/state`, { cookie: cookie.split(';')[0] ?? '' })).status).toBe(200);
  });

  it('believes the header of a proxy only when it comes from its address', async () => {
    const header = { 'remote-user': 'ada' };
    const trusted = await serve({
      access: { hosts: [], proxy: { address: '127.0.0.1', header: 'Remote-User' } },
    });
    expect((await ask(`${trusted.url}/api/permissions`, header)).text).toBe('{"user":"ada","actions":false}');
    expect((await ask(`${trusted.url}/api/permissions`)).status).toBe(401);
    const other = await serve({
      access: { hosts: [], proxy: { address: '10.0.0.1', header: 'Remote-User' } },
    });
    expect((await ask(`${other.url}/api/permissions`, header)).status).toBe(401);
  });

  it('lets nothing in from elsewhere, and nothing inline', async () => {
    const { url } = await serve();
    const { headers } = await ask(url);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('what is answered', () => {
  it('to what is not there', async () => {
    const { url } = await serve();
    expect(await ask(`${url}/../../etc/passwd`)).toMatchObject({ status: 404 });
  });

  it('to what is too much to read', async () => {
    const { url } = await serve({ access: { hosts: [], token: 'a-long-enough-token' } });
    expect((await ask(`${url}/api/session`, {}, { token: 'x'.repeat(20_000) })).status).toBe(413);
  });

  it('is described: every operation, with the shape of the state', async () => {
    const { url } = await serve();
    const description = JSON.parse((await ask(`${url}/api/openapi.json`)).text) as {
      openapi: string;
      paths: Record<string, object>;
      components: { schemas: { Item: { oneOf: object[] } } };
    };
    expect(description.openapi).toBe('3.1.0');
    expect(Object.keys(description.paths)).toEqual(Object.values(OPERATIONS).map(({ path }) => path));
    expect(description.components.schemas.Item.oneOf.length).toBeGreaterThan(20);
  });

  it('to Prometheus', async () => {
    const { url, state } = await serve();
    const { homelab } = readHomelab(soundDefinition());
    if (homelab !== undefined) state.define(factsOf(homelab, () => [], []));
    await ask(`${url}/api/state`);
    const { text } = await ask(`${url}/metrics`);
    expect(text).toContain('homeplane_cluster_ready{cluster="lab"} 0');
    expect(text).toContain('homeplane_http_requests_total{method="GET",route="/api/state",status="200"} 1');
  });
});

describe('actions', () => {
  const action = { action: 'cordon', cluster: 'lab', node: 'pi-1' };

  it('are refused by a server that only shows', async () => {
    const { url } = await serve();
    expect(await ask(`${url}/api/actions`, {}, action)).toMatchObject({
      status: 403,
      text: expect.stringContaining('--allow-actions'),
    });
  });

  it('need what only the page itself can read, are written down first, and tell what came of them', async () => {
    const audited: AuditEntry[] = [];
    const client = new KubeClient({ server: 'https://127.0.0.1:9' });
    const { url, state } = await serve({
      actions: {
        client: (cluster) => (cluster === 'lab' ? client : undefined),
        audit: async (entry) => void audited.push(entry),
      },
    });
    const { csrf } = JSON.parse((await ask(`${url}/api/permissions`)).text) as { csrf: string };
    const headers = { 'x-homeplane-csrf': csrf };
    expect((await ask(`${url}/api/actions`, {}, action)).status).toBe(403);
    expect((await ask(`${url}/api/actions`, { 'x-homeplane-csrf': 'x' }, action)).status).toBe(403);
    expect((await ask(`${url}/api/actions`, headers, { ...action, action: 'delete' })).status).toBe(400);
    expect((await ask(`${url}/api/actions`, headers, { ...action, cluster: 'other' })).status).toBe(404);
    expect(audited).toEqual([]);
    expect((await ask(`${url}/api/actions`, headers, action)).status).toBe(502);
    expect(audited).toEqual([
      { at: expect.any(String), user: 'local', action },
      { at: expect.any(String), user: 'local', action, outcome: expect.stringContaining('ECONNREFUSED') },
    ]);
    expect([...state.store.items()].map(([, item]) => item)).toContainEqual(
      expect.objectContaining({
        about: 'action',
        good: false,
        text: expect.stringContaining('cordon failed'),
      }),
    );
  });
});

/** A reader that keeps what it was sent. */
async function read(
  url: string,
  until: (items: ReadonlyMap<string, Item>) => boolean,
  pauseMs = 0,
): Promise<Map<string, Item>> {
  const items = new Map<string, Item>();
  const response = await fetch(`${url}/api/events`);
  if (response.body === null) throw new Error('no body');
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    const events = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data === undefined) continue;
      const delta = JSON.parse(data) as Delta;
      if (event.startsWith('event: snapshot')) items.clear();
      for (const [key, item] of Object.entries(delta.set)) items.set(key, item);
      for (const key of delta.gone) items.delete(key);
    }
    if (until(items)) return items;
    if (pauseMs > 0) await sleep(pauseMs);
  }
  return items;
}

describe('the stream', () => {
  const fill = (store: Store, round: number) =>
    store.set(
      'p',
      new Map(
        Array.from({ length: 20 }, (_, index): [string, Item] => [
          `task/${index}`,
          { type: 'task', task: String(index), done: round % (index + 1), detail: 'x'.repeat(400) },
        ]).filter((_, index) => (round + index) % 7 !== 0),
      ),
    );

  it('gives 60 readers the same last state, fast ones and slow ones, whenever they come', async () => {
    const { url, state } = await serve();
    const last = 1500;
    const ended = (items: ReadonlyMap<string, Item>) => items.has('task/end');
    const readers: Promise<Map<string, Item>>[] = [];
    for (let round = 0; round < last; round += 1) {
      fill(state.store, round);
      if (round % 25 === 0) readers.push(read(url, ended, round % 3 === 0 ? 20 : 0));
      if (round % 10 === 0) await sleep(1);
    }
    state.store.set('end', new Map([['task/end', { type: 'task', task: 'end', done: 1, detail: '' }]]));
    const wanted = new Map(state.store.items());
    for (const items of await Promise.all(readers)) expect(items).toEqual(wanted);
  });

  it('goes on where a reader was, or starts anew when it was of another life', async () => {
    const store = new Store();
    for (let round = 0; round < 5; round += 1) fill(store, round);
    const first = async (lastEventId: string | undefined) => {
      const stop = new AbortController();
      const events = serverSentEvents(store, 'life', lastEventId, stop.signal);
      await events.next();
      const { value } = await events.next();
      stop.abort();
      return String(value).split('\n').slice(0, 2);
    };
    expect(await first(undefined)).toEqual(['event: snapshot', 'id: life.5']);
    expect(await first('life.3')).toEqual(['event: delta', 'id: life.4']);
    expect(await first('other.3')).toEqual(['event: snapshot', 'id: life.5']);
    expect(await first('nonsense')).toEqual(['event: snapshot', 'id: life.5']);
  });

  it('leaves nothing behind of readers that have gone', async () => {
    const { url, state } = await serve();
    const stop = new AbortController();
    const response = await fetch(`${url}/api/events`, { signal: stop.signal });
    await response.body?.getReader().read();
    expect((await ask(`${url}/metrics`)).text).toContain('homeplane_sse_readers 1');
    stop.abort();
    fill(state.store, 1);
    for (const deadline = Date.now() + 5_000; ; await sleep(20)) {
      if ((await ask(`${url}/metrics`)).text.includes('homeplane_sse_readers 0')) break;
      if (Date.now() > deadline) throw new Error('the reader is still counted');
    }
  });
});
