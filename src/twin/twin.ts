import { type ClusterPlan, compile, planCluster } from '../compile/index.ts';
import type { KubeClient } from '../kube/index.ts';
import { type Lock, staleReleases, writeStandIns } from '../lock/index.ts';
import type { Cluster, Homelab } from '../model/index.ts';
import { endLeftovers, PortPool, type ProcessEvent, ProcessKeeper, Supervisor } from '../process/index.ts';
import { Sops } from '../secrets/index.ts';
import { listPrograms, PROGRAMS, type ProgramName, Toolchain } from '../toolchain/index.ts';
import { type Event, Fault, type Lock as FileLock, Stream } from '../util/index.ts';
import { type PackagedChart, readCharts } from './charts/folder.ts';
import { locallyServed } from './charts/local.ts';
import { TwinCluster } from './cluster.ts';
import { TreeRepository } from './git/repository.ts';
import { openLayout } from './layout.ts';
import { IN_PLACE } from './programs/in-place.ts';
import { type SourceServer, serveSources } from './server.ts';
import { ageKeyFile, simulateSecrets } from './simulate/secrets.ts';
import type { State } from './state.ts';

/** How a twin is brought up. */
export interface TwinOptions {
  readonly state: State;
  /** Clusters to bring up. Default: all. */
  readonly clusters?: readonly string[];
  /** Folder of packaged charts that are used instead of their upstream repositories. */
  readonly charts?: string | undefined;
  /** Facts to make stand-in charts of, for repositories that cannot be reached. */
  readonly lock?: Lock | undefined;
  /** Called when a cluster's API server answers. */
  readonly apiReady?: (cluster: string, client: KubeClient) => void;
}

/** What every cluster runs. */
const NEEDED: ReadonlySet<ProgramName> = new Set([
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
  'source-controller',
  'kustomize-controller',
  'helm-controller',
  'sops',
]);
const GIT_REPOSITORY = 'homelab.git';
/** Names of the chart repositories that are served. */
const GIVEN = 'given';
const standInsOf = (cluster: string): string => `stand-ins-${cluster}`;

/** The homelab as real control planes on this machine. */
export class Twin {
  readonly tasks = new Stream<Event>();
  readonly processes = new Stream<ProcessEvent>();
  readonly #options: TwinOptions;
  readonly #ports = new PortPool();
  readonly #abort = new AbortController();
  readonly #keeper: ProcessKeeper;
  readonly #supervisor: Supervisor;
  readonly #clusters = new Map<string, TwinCluster>();
  #homelab: Homelab;
  #lock: FileLock | undefined;
  #server: SourceServer | undefined;
  #repository: TreeRepository | undefined;
  #revision: string | undefined;
  #sops: Promise<Sops> | undefined;

  constructor(homelab: Homelab, options: TwinOptions) {
    this.#homelab = homelab;
    this.#options = options;
    let saved = Promise.resolve();
    this.#keeper = new ProcessKeeper((living) => {
      // One after the other, so that the last state is the one that stays.
      saved = saved.then(() => options.state.writePids(living)).catch(() => undefined);
    });
    this.#supervisor = new Supervisor(this.#keeper, this.processes);
  }

  /** The commit that Flux is to apply. */
  get revision(): string | undefined {
    return this.#revision;
  }

  /** See {@link TwinCluster.reconcileToken}. */
  reconcileToken(cluster: string): string | undefined {
    return this.#clusters.get(cluster)?.reconcileToken;
  }

  /**
   * Brings everything up; resolves when Flux runs in every cluster, before it has converged.
   * @throws Fault HP1301, HP1304, HP1305, HP1307, or those of getting a program.
   */
  async start(): Promise<void> {
    const { state } = this.#options;
    const clusters = this.#wanted();
    this.#lock = await state.open();
    await endLeftovers(await state.readPids());
    const charts = this.#options.charts === undefined ? [] : await readCharts(this.#options.charts);
    this.#repository = await TreeRepository.open(
      `${state.gitRepositories()}/${GIT_REPOSITORY}`,
      this.#homelab.git.branch,
    );
    const standIns = await this.#standIns(clusters);
    const server = await this.#serve(new Map([[GIVEN, charts], ...standIns]));
    const toolchain = new Toolchain(this.#keeper, this.tasks, { abort: this.#abort.signal });
    // In the order of the table, so that what the first screen needs is built first.
    const used = new Set(clusters.flatMap(({ components }) => components.map(({ component }) => component)));
    const inPlace = new Set(
      IN_PLACE.filter(({ component }) => used.has(component)).map(({ program }) => program),
    );
    toolchain.prepare(
      listPrograms()
        .map(({ name }) => name)
        .filter((name) => NEEDED.has(name) || inPlace.has(name)),
    );
    this.#sops = toolchain.resolve('sops').then(({ file }) => new Sops(file));
    const committed = this.#commit();
    await Promise.all([
      committed,
      ...clusters.map(async (cluster) => {
        const plan = planCluster(this.#homelab, cluster);
        this.#compareVersions(cluster);
        this.#compareLock(plan);
        const twin = new TwinCluster({
          homelab: this.#homelab,
          plan,
          layout: await openLayout(state, cluster, this.#ports),
          toolchain,
          supervisor: this.#supervisor,
          events: this.tasks,
          committed,
          local: {
            git: server.git,
            ageKey: ageKeyFile(state, cluster.name),
            charts: server.charts(GIVEN),
            serves: locallyServed(charts, [plan]),
            standIns: server.charts(standInsOf(cluster.name)),
            standsIn: locallyServed(standIns.get(standInsOf(cluster.name)) ?? [], [plan]),
          },
        });
        this.#clusters.set(cluster.name, twin);
        await twin.start(() => this.#options.apiReady?.(cluster.name, twin.client));
      }),
    ]);
  }

  /** Follows an edited definition. @returns the commit, the same as before when the tree did not change. */
  async update(homelab: Homelab): Promise<string> {
    this.#homelab = homelab;
    const before = this.#revision;
    const revision = await this.#commit();
    if (revision === before) return revision;
    await Promise.all(
      homelab.clusters.map(async (cluster) =>
        this.#clusters.get(cluster.name)?.update(homelab, planCluster(homelab, cluster)),
      ),
    );
    return revision;
  }

  /** Ends every process and gives the state folder back. */
  async stop(): Promise<void> {
    this.#abort.abort();
    for (const cluster of this.#clusters.values()) cluster.close();
    await this.#supervisor.stopAll();
    await this.#keeper.close();
    await this.#server?.close();
    await this.#lock?.release();
  }

  #compareVersions({ name, kubernetes }: Cluster): void {
    const { version } = PROGRAMS['kube-apiserver'];
    if (kubernetes === version) return;
    const message = `its definition says Kubernetes ${kubernetes}; the twin runs ${version}`;
    this.tasks.emit({ type: 'log', task: name, level: 'warning', message });
  }

  #compareLock(plan: ClusterPlan): void {
    const { lock } = this.#options;
    const stale = lock === undefined ? [] : staleReleases(plan, lock);
    if (stale.length === 0) return;
    const message = `the lock is older than the definition (${stale.join(', ')}); \`homeplane lock\` writes it anew`;
    this.tasks.emit({ type: 'log', task: plan.cluster.name, level: 'info', message });
  }

  #wanted() {
    const { clusters: names } = this.#options;
    if (names === undefined || names.length === 0) return this.#homelab.clusters;
    return names.map((name) => {
      const cluster = this.#homelab.clusters.find((candidate) => candidate.name === name);
      if (cluster === undefined) {
        const known = this.#homelab.clusters.map((candidate) => candidate.name).join(', ');
        throw new Fault('HP1305', `${name} (there are: ${known})`);
      }
      return cluster;
    });
  }

  /** Commits the tree, with Secrets of the twin's own in the place of the user's. */
  async #commit(): Promise<string> {
    const [repository, sops] = [this.#repository, await this.#sops];
    if (repository === undefined || sops === undefined) throw new Error('the twin is not started');
    const { git, name } = this.#homelab;
    const secrets = await simulateSecrets(this.#homelab, this.#options.state, sops);
    const tree = compile({ ...this.#homelab, secrets });
    this.#revision = await repository.commit(tree, git.path, `Compile ${name}`);
    return this.#revision;
  }

  /** Stand-in charts of each cluster, by the name of the repository that they are served as. */
  async #standIns(clusters: readonly Cluster[]): Promise<Map<string, PackagedChart[]>> {
    const { lock, state } = this.#options;
    if (lock === undefined) return new Map();
    const made = clusters.map(async ({ name }) => {
      const folder = `${state.cluster(name)}/stand-ins`;
      await writeStandIns(lock, name, folder);
      return [standInsOf(name), await readCharts(folder)] as const;
    });
    return new Map(await Promise.all(made));
  }

  async #serve(charts: ReadonlyMap<string, readonly PackagedChart[]>): Promise<SourceServer> {
    const { state } = this.#options;
    const [port] = await this.#ports.allocate(1, await state.readPorts('sources'));
    if (port === undefined) throw new Error('no free port');
    await state.writePorts('sources', [port]);
    this.#server = await serveSources(port, state.gitRepositories(), GIT_REPOSITORY, charts);
    return this.#server;
  }
}
