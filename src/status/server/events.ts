import type { Store } from '../state/index.ts';

/** A silent line is taken for dead by proxies and phones. */
const HEARTBEAT_MS = 15_000;

/**
 * The store as server-sent events: everything, or what came after the version that a reader had, then every change.
 * A reader is a place in the store's own history, not a queue: a slow one costs nothing, and one that has fallen too
 * far behind is sent everything again.
 * @param life Which life of this program it is: a version of another life means nothing.
 */
export async function* serverSentEvents(
  store: Store,
  life: string,
  lastEventId: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<string> {
  yield 'retry: 1000\n\n';
  let at = versionOf(life, lastEventId);
  while (!signal.aborted) {
    const deltas = at === undefined ? undefined : store.since(at);
    if (deltas === undefined) {
      const { version, json } = store.snapshot();
      at = version;
      yield message('snapshot', life, version, json);
      continue;
    }
    for (const { version, json } of deltas) yield message('delta', life, version, json);
    at = deltas.at(-1)?.version ?? at;
    if (at !== store.version || signal.aborted) continue;
    if (!(await nextVersion(store, signal))) yield ': still here\n\n';
  }
}

function message(event: string, life: string, version: number, json: string): string {
  return `event: ${event}\nid: ${life}.${version}\ndata: ${json}\n\n`;
}

function versionOf(life: string, id: string | undefined): number | undefined {
  const [of, version] = id?.split('.') ?? [];
  return of === life && /^\d+$/.test(version ?? '') ? Number(version) : undefined;
}

/** @returns whether there is a new version before the next heartbeat. */
function nextVersion(store: Store, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (changed: boolean) => () => {
      unsubscribe();
      clearTimeout(timer);
      signal.removeEventListener('abort', aborted);
      resolve(changed);
    };
    const unsubscribe = store.versions.subscribe(done(true));
    const timer = setTimeout(done(false), HEARTBEAT_MS);
    const aborted = done(true);
    signal.addEventListener('abort', aborted, { once: true });
  });
}
