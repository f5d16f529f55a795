import { setTimeout as sleep } from 'node:timers/promises';
import { type ClusterPlan, repositories } from '../compile/index.ts';
import { isKubeError, KubeClient } from '../kube/index.ts';
import type { Homelab } from '../model/index.ts';
import type { Supervisor } from '../process/index.ts';
import type { ProgramName, Resolved, Toolchain } from '../toolchain/index.ts';
import { type Event, Fault, type Stream } from '../util/index.ts';
import {
  applyBase,
  applyCrds,
  applyNodes,
  applySync,
  giveBackRepositories,
  type LocalSources,
  requestReconcile,
} from './bootstrap.ts';
import type { Layout } from './layout.ts';
import { apiServer, controllerManager, etcd, scheduler } from './programs/control-plane.ts';
import { helmController, kustomizeController, sourceController } from './programs/flux.ts';
import { IN_PLACE, type InPlace, isInstalled } from './programs/in-place.ts';
import { kwok } from './programs/kwok.ts';
import { applySimulatedKinds } from './simulate/kinds.ts';
import { simulateControllers } from './simulate/status.ts';
import { simulateVolumes } from './simulate/volumes.ts';
import { useStandIns } from './stand-ins.ts';

/** What the cluster of a twin runs. */
export interface ClusterContext {
  readonly homelab: Homelab;
  readonly plan: ClusterPlan;
  readonly layout: Layout;
  readonly toolchain: Toolchain;
  readonly supervisor: Supervisor;
  readonly events: Stream<Event>;
  readonly local: LocalSources;
  /** Settles when what Flux is to apply is in the Git repository. */
  readonly committed: Promise<unknown>;
}

/** One cluster of the twin: its processes and the objects that set it going. */
export class TwinCluster {
  readonly name: string;
  readonly client: KubeClient;
  readonly #context: ClusterContext;
  readonly #stop = new AbortController();
  #plan: ClusterPlan;
  #token: string | undefined;

  constructor(context: ClusterContext) {
    this.#context = context;
    this.#plan = context.plan;
    this.name = context.plan.cluster.name;
    this.client = new KubeClient(context.layout.admin);
  }

  /**
   * Boots the control plane, then Flux; resolves when both run. Each program starts as soon as it is there.
   * @param apiReady Called when the API server answers.
   */
  async start(apiReady: () => void): Promise<void> {
    try {
      await this.#boot(apiReady);
    } catch (error) {
      throw isKubeError(error)
        ? new Fault('HP1402', `${this.name}: ${error.message}`, { cause: error })
        : error;
    }
  }

  async #boot(apiReady: () => void): Promise<void> {
    const { layout, supervisor, events, homelab, local } = this.#context;
    const task = `boot ${this.name}`;
    const since = Date.now();
    events.emit({ type: 'started', task });
    await supervisor.start(await etcd(layout, (await this.#program('etcd')).file));
    await supervisor.start(await apiServer(layout, (await this.#program('kube-apiserver')).file));
    await this.#untilAllowed(() => applyBase(this.client));
    apiReady();
    await Promise.all([this.#startNodes(), this.#startControllers(), this.#startFlux()]);
    await this.#context.committed;
    await giveBackRepositories(this.client, this.#plan, local);
    await applySync(this.client, homelab, this.#plan, local);
    await this.#lookNow();
    events.emit({ type: 'finished', task, seconds: (Date.now() - since) / 1000 });
    this.#background(simulateControllers(this.client, layout.authority, this.#stop.signal));
    this.#background(this.#useStandIns());
    this.#background(simulateVolumes(this.client, this.#stop.signal));
    for (const inPlace of IN_PLACE) {
      if (this.#plan.components.some(({ component }) => component.name === inPlace.component))
        this.#background(this.#startInPlace(inPlace, await this.#program(inPlace.program)));
    }
  }

  /** Follows a new version of the definition: nodes, sources, and a look at Git now. */
  async update(homelab: Homelab, plan: ClusterPlan): Promise<void> {
    this.#plan = plan;
    const { version } = await this.#program('kwok');
    await applyNodes(this.client, plan, version);
    await applySync(this.client, homelab, plan, this.#context.local);
    await this.#lookNow();
  }

  /** What Flux answers when it has looked at Git since it was last asked; undefined before that. */
  get reconcileToken(): string | undefined {
    return this.#token;
  }

  async #lookNow(): Promise<void> {
    const token = new Date().toISOString();
    await requestReconcile(this.client, token);
    this.#token = token;
  }

  /** Ends what runs in our own process; the supervisor ends the rest. */
  close(): void {
    this.#stop.abort();
    this.client.close();
  }

  #program(name: ProgramName): Promise<Resolved> {
    return this.#context.toolchain.resolve(name);
  }

  async #startNodes(): Promise<void> {
    const program = await this.#program('kwok');
    await applyNodes(this.client, this.#plan, program.version);
    await this.#context.supervisor.start(await kwok(this.#context.layout, program));
  }

  async #startControllers(): Promise<void> {
    const { layout, supervisor } = this.#context;
    await Promise.all([
      this.#program('kube-controller-manager').then(({ file }) =>
        supervisor.start(controllerManager(layout, file)),
      ),
      this.#program('kube-scheduler').then(async ({ file }) =>
        supervisor.start(await scheduler(layout, file)),
      ),
    ]);
  }

  async #startFlux(): Promise<void> {
    const { layout, supervisor } = this.#context;
    const [source, kustomize, helm] = await Promise.all([
      this.#program('source-controller'),
      this.#program('kustomize-controller'),
      this.#program('helm-controller'),
    ]);
    // Each controller watches kinds of the others, so all kinds come first.
    await Promise.all([source, kustomize, helm].map((program) => applyCrds(this.client, program)));
    await applySimulatedKinds(this.client);
    // A Kustomization that finds nobody to fetch its source from waits for its whole retry interval.
    await supervisor.start(await sourceController(layout, source));
    await Promise.all([
      supervisor.start(await kustomizeController(layout, kustomize)),
      supervisor.start(await helmController(layout, helm)),
    ]);
  }

  async #useStandIns(): Promise<void> {
    const { local, events } = this.#context;
    const used = (repository: string) => {
      const message = `${repository} cannot be reached: stand-in charts from the lock are used`;
      events.emit({ type: 'log', task: this.name, level: 'warning', message });
    };
    await useStandIns(this.client, () => repositories(this.#plan), local, used, this.#stop.signal);
  }

  /** It needs the kinds and the account that its chart brings. */
  async #startInPlace(inPlace: InPlace, program: Resolved): Promise<void> {
    const { signal } = this.#stop;
    while (!(await isInstalled(inPlace, this.client))) await sleep(1_000, undefined, { signal });
    await this.#context.supervisor.start(await inPlace.service(this.#context.layout, program, this.client));
  }

  /** The API server is ready a moment before its own first roles are there. */
  async #untilAllowed(action: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await action();
        return;
      } catch (error) {
        const again = isKubeError(error, 403) || isKubeError(error, 404) || isKubeError(error, 500);
        if (!again || attempt >= 100) throw error;
        await sleep(100);
      }
    }
  }

  #background(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (this.#stop.signal.aborted) return;
      const message = error instanceof Error ? error.message : String(error);
      this.#context.events.emit({ type: 'log', task: this.name, level: 'warning', message });
    });
  }
}
