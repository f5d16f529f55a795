import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KindRef, KubeClient } from './client.ts';
import { isKubeError, KubeError } from './error.ts';
import type { KubeObject } from './object.ts';

/** What a reader of a collection is told. */
export interface Reflection {
  /** The whole collection, at the start and whenever the thread was lost. */
  replaced(objects: readonly KubeObject[]): void;
  changed(object: KubeObject): void;
  deleted(object: KubeObject): void;
  /** Whether the API server can be heard at the moment. */
  connected?(connected: boolean): void;
}

interface ListPage {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
  readonly items: KubeObject[];
}

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: KubeObject & { readonly code?: number };
}

const PAGE = 500;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** The server ends a watch after this long. */
const WATCH_SECONDS = 300;
/** A line that is cut without a word is given up this much later than the server would have ended the watch. */
const WATCH_GRACE_SECONDS = 15;
const LIST_TIMEOUT_MS = 60_000;
const FIRST_MISSING_MS = 1_000;
const LONGEST_MISSING_MS = 5_000;

/**
 * Follows a collection until the signal: lists it, watches from there, resumes where a watch ended, lists again
 * when the server has forgotten that point (410), and waits with growing pauses while it cannot be reached.
 * A kind that is not there yet is an empty collection that is asked for every few seconds.
 */
export async function reflect(
  client: KubeClient,
  ref: KindRef,
  reader: Reflection,
  signal: AbortSignal,
  fieldSelector?: string,
): Promise<void> {
  // One listener for each request under way, and there are many kinds.
  setMaxListeners(0, signal);
  let version: string | undefined;
  let pause = FIRST_PAUSE_MS;
  let missing = FIRST_MISSING_MS;
  while (!signal.aborted) {
    try {
      const path = await client.path(ref);
      version ??= await list(client, ref, path, reader, signal, fieldSelector);
      reader.connected?.(true);
      version = await watch(client, path, version, reader, signal, fieldSelector);
      pause = FIRST_PAUSE_MS;
    } catch (error) {
      if (signal.aborted) return;
      if (isKubeError(error, 410)) {
        version = undefined;
        continue;
      }
      if (isKubeError(error, 404)) {
        // Not installed (yet), or uninstalled with everything of it.
        version = undefined;
        reader.replaced([]);
        await sleep(missing, undefined, { signal }).catch(() => undefined);
        missing = Math.min(missing * 1.05, LONGEST_MISSING_MS);
        continue;
      }
      // An answer, even an unfriendly one, is a sign of life.
      reader.connected?.(isKubeError(error));
      await sleep(pause * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }
}

async function list(
  client: KubeClient,
  ref: KindRef,
  path: string,
  reader: Reflection,
  signal: AbortSignal,
  fieldSelector: string | undefined,
): Promise<string> {
  const objects: KubeObject[] = [];
  const query = new URLSearchParams({ limit: String(PAGE) });
  if (fieldSelector !== undefined) query.set('fieldSelector', fieldSelector);
  for (;;) {
    const { metadata, items } = await client.request<ListPage>(`${path}?${query.toString()}`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(LIST_TIMEOUT_MS)]),
    });
    // Items of a list come without their kind.
    for (const item of items) objects.push({ ...item, ...ref });
    if (metadata.continue === undefined || metadata.continue === '') {
      reader.replaced(objects);
      return metadata.resourceVersion;
    }
    query.set('continue', metadata.continue);
  }
}

/** Returns the version to resume from when the server ends the watch. */
async function watch(
  client: KubeClient,
  path: string,
  from: string,
  reader: Reflection,
  signal: AbortSignal,
  fieldSelector: string | undefined,
): Promise<string> {
  const query = new URLSearchParams({
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion: from,
    timeoutSeconds: String(WATCH_SECONDS),
  });
  if (fieldSelector !== undefined) query.set('fieldSelector', fieldSelector);
  const patience = AbortSignal.timeout((WATCH_SECONDS + WATCH_GRACE_SECONDS) * 1000);
  const response = await client.stream(`${path}?${query.toString()}`, {
    signal: AbortSignal.any([signal, patience]),
  });
  let version = from;
  try {
    for await (const line of lines(response)) {
      const { type, object } = JSON.parse(line) as WatchEvent;
      if (type === 'ERROR') throw expired(object);
      version = String(object.metadata['resourceVersion']);
      if (type === 'DELETED') reader.deleted(object);
      else if (type !== 'BOOKMARK') reader.changed(object);
    }
  } catch (error) {
    // A broken connection loses nothing: the next watch resumes from the last version that was read.
    if (isKubeError(error) || signal.aborted || error instanceof SyntaxError) throw error;
  } finally {
    response.destroy();
  }
  return version;
}

async function* lines(response: IncomingMessage): AsyncGenerator<string> {
  let rest = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    const parts = (rest + (chunk as string)).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}

function expired(status: { readonly code?: number; readonly [key: string]: unknown }): Error {
  const message = typeof status['message'] === 'string' ? status['message'] : 'the watch ended with an error';
  return new KubeError(status.code ?? 500, '', message);
}
