import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { setCookie } from 'hono/cookie';
import type { ServicePort } from '../../components/index.ts';
import { ENTRIES, htmlOf } from '../../docs/index.ts';
import { isKubeError, type KubeClient } from '../../kube/index.ts';
import { messageOf } from '../../util/index.ts';
import type { HomelabState } from '../state/index.ts';
import { type Actor, act } from './actions.ts';
import type { Asset } from './assets.ts';
import { serverSentEvents } from './events.ts';
import {
  type Access,
  authenticated,
  type Env,
  headers,
  isToken,
  problem,
  SESSION_COOKIE,
  sameSite,
} from './guard.ts';
import { ServerMetrics } from './metrics.ts';
import { type Action, ActionSchema, OPERATIONS, openApi, SessionSchema } from './openapi.ts';

/** What the server shows, and to whom. */
export interface AppOptions {
  readonly state: HomelabState;
  readonly access: Access;
  readonly assets: ReadonlyMap<string, Asset>;
  /** The documentation as it is now, by its paths in the tree; without it there is none. */
  readonly docs?: (() => ReadonlyMap<string, string>) | undefined;
  /** Version of homeplane. */
  readonly version: string;
  /** What actions work on; without it the server is read-only. */
  readonly actions?:
    | {
        readonly client: (cluster: string) => KubeClient | undefined;
        readonly alertmanager?: (cluster: string) => ServicePort | undefined;
        /** Takes a line for each action, before it is tried and when it has an outcome. */
        readonly audit: (entry: AuditEntry) => Promise<void>;
      }
    | undefined;
}

/** Who did what, when, and what came of it. */
export interface AuditEntry {
  readonly at: string;
  readonly user: string;
  readonly action: Action;
  /** Absent while it is tried. */
  readonly outcome?: string;
}

/** Bytes; what is asked for here is small. */
const LARGEST_BODY = 10_000;
const CSRF_HEADER = 'x-homeplane-csrf';

/** The page, its data and its API. @returns what answers, and what ends the streams it still sends. */
export function createApp({ state, access, assets, docs, version, actions }: AppOptions) {
  const life = randomBytes(6).toString('hex');
  const csrf = randomBytes(18).toString('base64url');
  const ended = new AbortController();
  const metrics = new ServerMetrics();
  const app = new Hono<Env>();
  app.use(headers, sameSite(access), bodyLimit({ maxSize: LARGEST_BODY }));
  app.use(async (context, next) => {
    await next();
    const known = Object.values(OPERATIONS).some(({ path }) => path === context.req.path);
    metrics.count(context.req.method, known ? context.req.path : 'page', context.res.status);
  });
  const signedIn = authenticated(access);

  app.get(OPERATIONS.health.path, (context) => context.json({ status: 'ok' }));
  app.get(OPERATIONS.openapi.path, (context) => context.json(openApi(version)));
  app.post(OPERATIONS.session.path, async (context) => {
    const body = SessionSchema.safeParse(await context.req.json().catch(() => undefined));
    if (!body.success || access.token === undefined || !isToken(body.data.token, access.token))
      return problem(context, 401, 'that is not the token');
    setCookie(context, SESSION_COOKIE, access.token, { httpOnly: true, sameSite: 'Strict', path: '/' });
    return context.json({ status: 'ok' });
  });
  app.get(OPERATIONS.state.path, signedIn, (context) =>
    context.body(state.store.snapshot().json, 200, { 'content-type': 'application/json' }),
  );
  app.get(OPERATIONS.events.path, signedIn, (context) => {
    const left = new AbortController();
    const events = serverSentEvents(
      state.store,
      life,
      context.req.header('last-event-id'),
      AbortSignal.any([left.signal, ended.signal]),
    );
    return context.body(streamOf(counted(events, metrics), left), 200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
  });
  app.get(OPERATIONS.permissions.path, signedIn, (context) =>
    context.json({
      user: context.get('user'),
      actions: actions !== undefined,
      ...(actions === undefined ? {} : { csrf }),
    }),
  );
  app.get(OPERATIONS.docs.path, signedIn, (context) => context.json(docs === undefined ? [] : ENTRIES));
  app.get(`${OPERATIONS.docs.path}/*`, signedIn, (context) => {
    const path = context.req.path.slice(OPERATIONS.docs.path.length + 1);
    const text = docs?.().get(`docs/${path}`);
    if (text === undefined) return problem(context, 404, `there is no page ${path}`);
    return context.html(htmlOf(text, path, (other) => `#/docs/${other}`));
  });
  app.get(OPERATIONS.metrics.path, signedIn, (context) => context.text(metrics.text(state.store)));
  app.post(OPERATIONS.act.path, signedIn, async (context) => {
    if (actions === undefined)
      return problem(context, 403, 'this server only shows: start it with --allow-actions');
    if (context.req.header(CSRF_HEADER) !== csrf)
      return problem(context, 403, `the header ${CSRF_HEADER} is not right`);
    const body = ActionSchema.safeParse(await context.req.json().catch(() => undefined));
    if (!body.success)
      return problem(context, 400, body.error.issues.map(({ message }) => message).join('; '));
    const client = actions.client(body.data.cluster);
    if (client === undefined) return problem(context, 404, `there is no cluster ${body.data.cluster} here`);
    const alertmanager = actions.alertmanager?.(body.data.cluster);
    const actor = { client, alertmanager, user: context.get('user') };
    return perform(context, body.data, actor, actions.audit);
  });
  app.get('*', (context) => page(context, assets));

  async function perform(
    context: Context<Env>,
    action: Action,
    actor: Actor,
    audit: (entry: AuditEntry) => Promise<void>,
  ): Promise<Response> {
    const { user } = actor;
    const entry = (outcome?: string): AuditEntry => ({
      at: new Date().toISOString(),
      user,
      action,
      ...(outcome === undefined ? {} : { outcome }),
    });
    // What cannot be written down is not done.
    await audit(entry());
    try {
      const done = await act(actor, action);
      await audit(entry(done));
      state.note({ cluster: action.cluster, about: 'action', text: `${user}: ${done}` });
      return context.json({ done });
    } catch (error) {
      const message = messageOf(error);
      await audit(entry(`failed: ${message}`));
      state.note({
        cluster: action.cluster,
        about: 'action',
        good: false,
        text: `${user}: ${action.action} failed: ${message}`,
      });
      return problem(context, isKubeError(error, 404) ? 404 : 502, message);
    }
  }

  return { app, end: () => ended.abort() };
}

/** The page itself has no data in it, so that it can ask for the token. Its views are all one file. */
function page(context: Context<Env>, assets: ReadonlyMap<string, Asset>): Response {
  const asset = assets.get(context.req.path === '/' ? '/index.html' : context.req.path);
  if (asset === undefined) return problem(context, 404, `there is no ${context.req.path} here`);
  const zipped = /\bgzip\b/.test(context.req.header('accept-encoding') ?? '');
  return context.body(zipped ? asset.gzipped : asset.body, 200, {
    'content-type': asset.type,
    'cache-control': asset.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'accept-encoding',
    ...(zipped ? { 'content-encoding': 'gzip' } : {}),
  });
}

/** Counts what one reader is sent, and that there is one. */
async function* counted(events: AsyncGenerator<string>, metrics: ServerMetrics): AsyncGenerator<string> {
  metrics.readers += 1;
  try {
    for await (const event of events) {
      metrics.eventsSent += 1;
      metrics.bytesSent += event.length;
      yield event;
    }
  } finally {
    metrics.readers -= 1;
  }
}

/** Pulled only as fast as the reader reads; a reader that is gone ends it. */
function streamOf(events: AsyncGenerator<string>, left: AbortController): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await events.next();
      if (left.signal.aborted) return;
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel() {
      left.abort();
    },
  });
}
