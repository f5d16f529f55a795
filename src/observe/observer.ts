import { type KubeClient, type KubeObject, reflect } from '../kube/index.ts';
import { Stream } from '../util/index.ts';
import { OBSERVED, type ObservedName } from './kinds.ts';
import type { Snapshot } from './snapshot.ts';

const SETTLE_MS = 100;

/** Follows a cluster and keeps what it last heard. */
export class ClusterObserver implements Snapshot {
  /** Tells, at most ten times a second, that something changed. */
  readonly changes = new Stream<ClusterObserver>();
  readonly #client: KubeClient;
  readonly #kinds = new Map<ObservedName, Map<string, KubeObject>>();
  readonly #silent = new Set<ObservedName>();
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(client: KubeClient) {
    this.#client = client;
  }

  get complete(): boolean {
    return this.#kinds.size === OBSERVED.length;
  }

  get connected(): boolean {
    return this.#silent.size === 0;
  }

  objects(kind: ObservedName): readonly KubeObject[] {
    return [...(this.#kinds.get(kind)?.values() ?? [])];
  }

  start(): void {
    for (const kind of OBSERVED) void this.#follow(kind);
  }

  stop(): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
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

/** Without what is never shown, which is often most of an object. */
function trimmed(object: KubeObject): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
