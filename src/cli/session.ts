import { setTimeout as sleep } from 'node:timers/promises';
import { type ClusterPlan, kustomizationNames, planHomelab } from '../compile/index.ts';
import { docsPages } from '../docs/index.ts';
import type { KubeClient } from '../kube/index.ts';
import { type Lock, renderedBy } from '../lock/index.ts';
import type { Finding, Homelab } from '../model/index.ts';
import {
  ClusterObserver,
  type ClusterStatus,
  type Expected,
  followDrift,
  summarise,
} from '../observe/index.ts';
import { loadDefinition, watchDefinition } from '../project/index.ts';
import { factsOf, type HomelabState, type UpEvent } from '../status/index.ts';
import { type State, Twin } from '../twin/index.ts';
import { Fault, messageOf, Stream } from '../util/index.ts';
import { hasErrors } from './definition.ts';

/** What `homeplane up` was asked for. */
export interface SessionOptions {
  readonly definition: string;
  readonly clusters: readonly string[];
  readonly charts: string | undefined;
  readonly lock: Lock | undefined;
  /** What was found when the definition was loaded. */
  readonly findings: readonly Finding[];
  readonly state: State;
  /** What the page shows, kept up to date. */
  readonly page?: HomelabState | undefined;
}

/** How long nothing may move before missing charts are taken for the last word. */
const SETTLED_MS = 15_000;
const POLL_MS = 250;

/** A twin and its observers, as one event stream. */
export class Session {
  readonly events = new Stream<UpEvent>();
  readonly #options: SessionOptions;
  readonly #twin: Twin;
  readonly #observers = new Map<string, ClusterObserver>();
  #defined: { readonly homelab: Homelab; readonly lock: Lock | undefined };
  readonly #ended = new AbortController();
  #docs: ReadonlyMap<string, string> | undefined;
  readonly #clients = new Map<string, KubeClient>();
  readonly #status = new Map<string, ClusterStatus>();
  readonly #watched: readonly string[];
  #plans: readonly ClusterPlan[];
  readonly #known: ReadonlySet<string>;
  #unwatch: (() => void) | undefined;
  #reloading = Promise.resolve();

  constructor(homelab: Homelab, options: SessionOptions) {
    this.#plans = planHomelab(homelab);
    this.#known = new Set(homelab.clusters.map(({ name }) => name));
    this.#options = options;
    const { clusters, charts, lock, state } = options;
    this.#twin = new Twin(homelab, {
      state,
      clusters,
      charts,
      lock,
      apiReady: (name, client) => this.#observe(name, client),
    });
    this.#watched = clusters.length > 0 ? clusters : homelab.clusters.map(({ name }) => name);
    this.#twin.tasks.subscribe((event) => this.events.emit(event));
    this.#twin.processes.subscribe((event) => this.events.emit(event));
    this.events.subscribe((event) => options.page?.apply(event));
    this.#defined = { homelab, lock };
    this.#define(homelab, lock, options.findings);
  }

  /** The API of a cluster, once it answers. */
  client(cluster: string): KubeClient | undefined {
    return this.#clients.get(cluster);
  }

  /** Brings the twin up and follows edits of the definition. */
  async start(): Promise<void> {
    this.#unwatch = watchDefinition(this.#options.definition, () => {
      this.#reloading = this.#reloading.then(() => this.#reload());
    });
    await this.#twin.start();
    if (this.#twin.revision !== undefined)
      this.events.emit({ type: 'committed', revision: this.#twin.revision });
  }

  /** The documentation of the definition as it is now. */
  get docs(): ReadonlyMap<string, string> {
    const { homelab, lock } = this.#defined;
    this.#docs ??= docsPages(homelab, renderedBy(lock));
    return this.#docs;
  }

  /** The last status of every cluster that was asked for; fewer until all API servers answer. */
  get statuses(): readonly ClusterStatus[] {
    return this.#watched.flatMap((name) => this.#status.get(name) ?? []);
  }

  /**
   * Waits until everything is ready.
   * @throws Fault HP1306 after the timeout, HP1308 when all that is missing waits for charts.
   */
  async untilReady(timeoutMs: number, abort: AbortSignal): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    let blockedSince: number | undefined;
    for (;;) {
      const statuses = this.statuses;
      const all = statuses.length === this.#watched.length;
      if (all && statuses.every(({ ready }) => ready)) return;
      const blocked = all && statuses.every(({ ready, blockedByCharts }) => ready || blockedByCharts);
      blockedSince = blocked ? (blockedSince ?? Date.now()) : undefined;
      if (blockedSince !== undefined && Date.now() - blockedSince > SETTLED_MS)
        throw new Fault('HP1308', whatIsMissing(statuses));
      if (Date.now() > deadline) throw new Fault('HP1306', whatIsMissing(statuses));
      await sleep(POLL_MS, undefined, { signal: abort });
    }
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    this.#unwatch?.();
    for (const observer of this.#observers.values()) observer.stop();
    await this.#twin.stop();
  }

  #observe(name: string, client: KubeClient): void {
    const observer = new ClusterObserver(client);
    this.#clients.set(name, client);
    this.#observers.set(name, observer);
    observer.changes.subscribe(() => this.#summarise(name, observer));
    observer.start();
    const { page } = this.#options;
    if (page === undefined) return;
    void followDrift(
      client,
      () => this.#planOf(name),
      () => this.#status.get(name)?.ready === true,
      (drift) => page.drift(name, drift),
      this.#ended.signal,
    );
  }

  #summarise(name: string, observer: ClusterObserver): void {
    const status = summarise(name, observer, this.#expected(name));
    this.#status.set(name, status);
    this.#options.page?.hear(name, { snapshot: observer, status, heardAt: observer.heardAt });
    this.events.emit({ type: 'cluster', status });
  }

  #define(homelab: Homelab, lock: Lock | undefined, findings: readonly Finding[]): void {
    this.#docs = undefined;
    this.#defined = { homelab, lock };
    this.#options.page?.define(factsOf(homelab, renderedBy(lock), findings));
  }

  #planOf(name: string): ClusterPlan | undefined {
    return this.#plans.find(({ cluster }) => cluster.name === name);
  }

  #expected(name: string): Expected {
    const plan = this.#planOf(name);
    return {
      revision: this.#twin.revision,
      reconcileToken: this.#twin.reconcileToken(name) ?? 'not asked yet',
      kustomizations: plan === undefined ? [] : kustomizationNames(plan),
    };
  }

  async #reload(): Promise<void> {
    const since = Date.now();
    try {
      const { homelab, findings, lock } = await loadDefinition(this.#options.definition);
      if (homelab === undefined || hasErrors(findings)) {
        const first = findings.find(({ severity }) => severity === 'error');
        this.#note(
          `the definition has ${findings.length} findings, the clusters stay as they are: ${first?.message}`,
        );
        return;
      }
      this.#plans = planHomelab(homelab);
      this.#define(homelab, lock, findings);
      const added = homelab.clusters.map(({ name }) => name).filter((name) => !this.#known.has(name));
      if (added.length > 0)
        this.#note(`new in the definition, stop and start to bring it up: ${added.join(', ')}`);
      const before = this.#twin.revision;
      const revision = await this.#twin.update(homelab);
      const seconds = ((Date.now() - since) / 1000).toFixed(2);
      if (revision === before) this.#note('the definition was saved, the tree stays the same');
      else {
        this.#note(`recompiled in ${seconds} s`);
        this.events.emit({ type: 'committed', revision });
        for (const [name, observer] of this.#observers) this.#summarise(name, observer);
      }
    } catch (error) {
      this.#note(messageOf(error));
    }
  }

  #note(message: string): void {
    this.events.emit({ type: 'note', message });
  }
}

function whatIsMissing(statuses: readonly ClusterStatus[]): string {
  const lines = statuses.flatMap(({ name, causes, objects, ready }) => {
    if (ready) return [];
    const faults = causes.map(({ object, message }) => `${name} ${object}: ${message.trim()}`);
    if (faults.length > 0) return faults;
    return objects
      .filter(({ state, kind }) => state !== 'ready' && kind !== 'Pod')
      .map((object) => `${name} ${object.kind}/${object.name}: ${object.message}`);
  });
  return lines.length === 0 ? 'no API server has answered yet' : `\n    ${lines.join('\n    ')}`;
}
