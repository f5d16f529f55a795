import { Stream } from '../../util/index.ts';
import type { Delta, Item } from './item.ts';

/** A change of the store. */
export interface Change {
  readonly key: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** How many versions a reader may be behind before it is sent everything again. */
const KEPT_DELTAS = 512;

/**
 * Everything that the page shows, as one flat map with a version. Items come in parts, such as all of a cluster;
 * setting a part again finds out what is different, and readers are sent only that.
 */
export class Store {
  /** Tells of every new version. */
  readonly versions = new Stream<number>();
  readonly #items = new Map<string, { readonly item: Item; readonly json: string }>();
  readonly #parts = new Map<string, ReadonlySet<string>>();
  readonly #deltas: { readonly version: number; readonly json: string }[] = [];
  #version = 0;
  #snapshot: { readonly version: number; readonly json: string } | undefined;

  get version(): number {
    return this.#version;
  }

  *items(): Generator<readonly [string, Item]> {
    for (const [key, { item }] of this.#items) yield [key, item];
  }

  get(key: string): Item | undefined {
    return this.#items.get(key)?.item;
  }

  /** Replaces a part. @returns what is different. */
  set(part: string, items: ReadonlyMap<string, Item>): Change[] {
    const changes: Change[] = [];
    const set: Record<string, Item> = {};
    const gone: string[] = [];
    for (const [key, item] of items) {
      const json = JSON.stringify(item);
      const old = this.#items.get(key);
      if (old?.json === json) continue;
      this.#items.set(key, { item, json });
      set[key] = item;
      changes.push({ key, before: old?.item, after: item });
    }
    for (const key of this.#parts.get(part) ?? []) {
      if (items.has(key)) continue;
      const before = this.#items.get(key)?.item;
      this.#items.delete(key);
      gone.push(key);
      changes.push({ key, before, after: undefined });
    }
    this.#parts.set(part, new Set(items.keys()));
    if (changes.length > 0) this.#publish(set, gone);
    return changes;
  }

  /** All of it, as one delta that starts from nothing. */
  snapshot(): { readonly version: number; readonly json: string } {
    if (this.#snapshot?.version !== this.#version) {
      const set = Object.fromEntries([...this.#items].map(([key, { item }]) => [key, item]));
      this.#snapshot = { version: this.#version, json: this.#serialise(set, []) };
    }
    return this.#snapshot;
  }

  /** What came after a version; undefined when that is too long ago, or of another life of this program. */
  since(version: number): readonly { readonly version: number; readonly json: string }[] | undefined {
    if (version === this.#version) return [];
    const first = this.#deltas[0]?.version;
    if (version > this.#version || first === undefined || version < first - 1) return undefined;
    return this.#deltas.slice(version - first + 1);
  }

  #publish(set: Record<string, Item>, gone: readonly string[]): void {
    this.#version += 1;
    this.#deltas.push({ version: this.#version, json: this.#serialise(set, gone) });
    if (this.#deltas.length > KEPT_DELTAS) this.#deltas.shift();
    this.versions.emit(this.#version);
  }

  #serialise(set: Record<string, Item>, gone: readonly string[]): string {
    const delta: Delta = { version: this.#version, now: new Date().toISOString(), set, gone: [...gone] };
    return JSON.stringify(delta);
  }
}
