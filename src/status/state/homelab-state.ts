import type { ClusterStatus, Drift, Measures, Snapshot } from '../../observe/index.ts';
import type { UpEvent } from '../terminal/index.ts';
import { definedItems } from './defined/index.ts';
import type { Facts } from './facts.ts';
import type { Item, ItemOf } from './item.ts';
import { keyOf } from './key.ts';
import { aheadItems, type ClusterView, liveItems } from './live/index.ts';
import { type Change, Store } from './store.ts';
import { tell } from './timeline.ts';

/** What one cluster said last. */
export interface Heard {
  readonly snapshot: Snapshot;
  readonly status: ClusterStatus;
  /** Milliseconds since 1970. */
  readonly heardAt?: number | undefined;
}

interface StateOptions {
  readonly twin: boolean;
  readonly watched?: readonly string[] | undefined;
  readonly now?: () => number;
}

const KEPT_HAPPENINGS = 200;

/** The whole homelab as the page shows it: the definition, what clusters say, what goes on, what has happened. */
export class HomelabState {
  readonly store = new Store();
  readonly #twin: boolean;
  readonly #watched: readonly string[] | undefined;
  readonly #now: () => number;
  readonly #startedAt: string;
  readonly #heard = new Map<string, Heard>();
  readonly #measures = new Map<string, Measures>();
  readonly #problems = new Map<string, string>();
  readonly #happenings = new Map<string, ItemOf<'happening'>>();
  readonly #tasks = new Map<string, ItemOf<'task'>>();
  #facts: Facts | undefined;
  #revision: string | undefined;
  #told = 0;

  /** @param options.watched Names of the clusters that are asked. Default: all. */
  constructor({ twin, watched, now = Date.now }: StateOptions) {
    this.#twin = twin;
    this.#watched = watched;
    this.#now = now;
    this.#startedAt = this.#time();
  }

  /** Takes a definition, or its next version. */
  define(facts: Facts): void {
    this.#facts = facts;
    const { name, git } = facts.homelab;
    const homelab: Item = {
      type: 'homelab',
      name,
      git: git.url,
      twin: this.#twin,
      startedAt: this.#startedAt,
    };
    this.#set('definition', [homelab, ...definedItems(facts)]);
    for (const { plan } of this.#views()) this.#show(plan.cluster.name);
  }

  /** Takes what a cluster says now. */
  hear(cluster: string, heard: Heard): void {
    this.#heard.set(cluster, heard);
    this.#show(cluster);
  }

  /** Takes in what a cluster differs from the definition. */
  drift(cluster: string, { changes, refused }: Drift): void {
    this.#set(`drift of ${cluster}`, [
      ...changes.map(({ object, action, fields }) => ({
        type: 'drift' as const,
        cluster,
        object,
        action,
        fields: fields.map(({ path }) => path),
        message: '',
      })),
      ...refused.map(({ object, message }) => ({
        type: 'drift' as const,
        cluster,
        object,
        action: 'refused' as const,
        fields: [],
        message,
      })),
    ]);
  }

  /** Takes what monitoring of a cluster says now; undefined when it does not answer. */
  measure(cluster: string, measures: Measures | undefined): void {
    if (measures === undefined && !this.#measures.has(cluster)) return;
    if (measures === undefined) this.#measures.delete(cluster);
    else this.#measures.set(cluster, measures);
    this.#show(cluster);
  }

  /** Takes what the work of bringing a twin up says. */
  apply(event: UpEvent): void {
    switch (event.type) {
      case 'started':
      case 'progress':
        this.#tasks.set(event.task, taskOf(event));
        this.#set('tasks', this.#tasks.values());
        break;
      case 'finished':
      case 'failed':
        this.#tasks.delete(event.task);
        this.#set('tasks', this.#tasks.values());
        if (event.type === 'failed')
          this.note({ about: 'note', good: false, text: `${event.task} failed: ${event.message}` });
        break;
      case 'process-died':
        this.note({ about: 'note', good: false, text: `${event.service} ${event.reason}` });
        break;
      case 'committed':
        this.#revision = event.revision;
        this.note({ about: 'delivery', text: `committed ${event.revision.slice(0, 8)}` });
        break;
      case 'note':
        this.note({ about: 'note', text: event.message });
        break;
      case 'cluster':
      case 'page':
      case 'log':
      case 'process-started':
      case 'process-ready':
      case 'process-stopped':
        break;
    }
  }

  /** Adds to what has happened. */
  note(told: Omit<ItemOf<'happening'>, 'type' | 'at'>): void {
    this.#told += 1;
    const key = `happening/${String(this.#told).padStart(8, '0')}`;
    this.#happenings.set(key, { type: 'happening', at: this.#time(), ...told });
    const [oldest] = this.#happenings.keys();
    if (this.#happenings.size > KEPT_HAPPENINGS && oldest !== undefined) this.#happenings.delete(oldest);
    this.store.set('happenings', this.#happenings);
  }

  #show(cluster: string): void {
    const view = this.#views().find(({ plan }) => plan.cluster.name === cluster);
    if (view === undefined) return;
    const { items, problems } = liveItems(view);
    // Nothing has happened when everything is new.
    const first = this.store.get(`cluster/${cluster}`) === undefined;
    const changes = this.#set(cluster, [...items, ...this.#dated(cluster, problems)]);
    const facts = this.#facts;
    if (facts !== undefined && facts.ahead.length > 0) {
      const views = new Map(this.#views().map((one) => [one.plan.cluster.name, one]));
      this.#set('ahead', aheadItems(facts, views));
    }
    if (first) return;
    for (const told of changes.flatMap((change) => tell(change, this.#now()))) this.note(told);
  }

  /** Problems with the time at which each was first seen. */
  #dated(cluster: string, problems: readonly Omit<ItemOf<'problem'>, 'since'>[]): ItemOf<'problem'>[] {
    const found = problems.map((problem) => {
      const key = `${cluster} ${problem.object}`;
      const since = this.#problems.get(key) ?? this.#time();
      this.#problems.set(key, since);
      return { ...problem, since };
    });
    const still = new Set(found.map(({ object }) => `${cluster} ${object}`));
    for (const key of this.#problems.keys())
      if (key.startsWith(`${cluster} `) && !still.has(key)) this.#problems.delete(key);
    return found;
  }

  #views(): ClusterView[] {
    const facts = this.#facts;
    if (facts === undefined) return [];
    return facts.plans.map((plan) => ({
      plan,
      facts,
      live: this.#heard.get(plan.cluster.name),
      watched: this.#watched?.includes(plan.cluster.name) ?? true,
      measures: this.#measures.get(plan.cluster.name),
      revision: this.#revision,
    }));
  }

  #set(part: string, items: Iterable<Exclude<Item, { type: 'happening' }>>): Change[] {
    return this.store.set(part, new Map([...items].map((item) => [keyOf(item), item])));
  }

  #time(): string {
    return new Date(this.#now()).toISOString();
  }
}

function taskOf(event: Extract<UpEvent, { type: 'started' | 'progress' }>): ItemOf<'task'> {
  const { task, detail = '' } = event;
  if (event.type === 'started') return { type: 'task', task, done: 0, detail };
  const { done, total, remainingSeconds } = event;
  return {
    type: 'task',
    task,
    done,
    detail,
    ...(total === undefined ? {} : { total }),
    ...(remainingSeconds === undefined ? {} : { remainingSeconds }),
  };
}
