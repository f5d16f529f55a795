import { setTimeout as sleep } from 'node:timers/promises';
import { isKubeError, type KubeClient, type KubeObject, reflect } from '../kube/index.ts';
import { Stream } from '../util/index.ts';
import { OBSERVED, type ObservedName } from './kinds.ts';
import type { Snapshot } from './snapshot.ts';
import { trimmed } from './trim.ts';

const SETTLE_MS = 100;
/** How often the API server is asked whether it lives: a watch on a dead line says nothing for minutes. */
const HEARTBEAT_MS = 2_000;
const HEARTBEAT_TIMEOUT_MS = 5_000;

/** Follows a cluster and keeps what it last heard. */
export class ClusterObserver implements Snapshot {
  /** Tells, at most ten times a second, that something changed. */
  readonly changes = new Stream<ClusterObserver>();
  readonly #client: KubeClient;
  readonly #kinds = new Map<ObservedName, Map<string, KubeObject>>();
  readonly #silent = new Set<ObservedName>();
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #alive = true;
  #heardAt: number | undefined;

  constructor(client: KubeClient) {
    this.#client = client;
  }

  get complete(): boolean {
    return this.#kinds.size === OBSERVED.length;
  }

  get connected(): boolean {
    return this.#alive && this.#silent.size === 0;
  }

  /** When the API server last answered, in milliseconds since 1970; undefined before it did. */
  get heardAt(): number | undefined {
    return this.#heardAt;
  }

  objects(kind: ObservedName): readonly KubeObject[] {
    return [...(this.#kinds.get(kind)?.values() ?? [])];
  }

  start(): void {
    for (const kind of OBSERVED) void this.#follow(kind);
    void this.#listen();
  }

  stop(): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
  }

  async #listen(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const alive = await this.#answers();
      if (alive) this.#heardAt = Date.now();
      if (alive !== this.#alive) {
        this.#alive = alive;
        this.#changed();
      }
      await sleep(HEARTBEAT_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #answers(): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(HEARTBEAT_TIMEOUT_MS);
      (await this.#client.stream('/livez', { signal })).resume();
      return true;
    } catch (error) {
      // An answer, even an unfriendly one, is a sign of life.
      return isKubeError(error);
    }
  }

  async #follow(observed: (typeof OBSERVED)[number]): Promise<void> {
    const { apiVersion, kind } = observed;
    const selector = 'fieldSelector' in observed ? observed.fieldSelector : undefined;
    const keep = (object: KubeObject) => [keyOf(object), trimmed(object)] as const;
    await reflect(
      this.#client,
      { apiVersion, kind },
      {
        replaced: (objects) => {
          this.#kinds.set(kind, new Map(objects.map(keep)));
          this.#changed();
        },
        changed: (object) => {
          this.#kinds.get(kind)?.set(...keep(object));
          this.#changed();
        },
        deleted: (object) => {
          this.#kinds.get(kind)?.delete(keyOf(object));
          this.#changed();
        },
        connected: (connected) => {
          if (connected) this.#silent.delete(kind);
          else this.#silent.add(kind);
          this.#changed();
        },
      },
      this.#stop.signal,
      selector,
    );
  }

  #changed(): void {
    if (this.#stop.signal.aborted) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.changes.emit(this);
    }, SETTLE_MS);
  }
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
