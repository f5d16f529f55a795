import { setTimeout as sleep } from 'node:timers/promises';
import type { ServicePort } from '../components/index.ts';
import type { KubeAccess, KubeClient } from '../kube/index.ts';
import type { Homelab } from '../model/index.ts';
import type { ClusterStatus } from '../observe/index.ts';
import type { HomelabState } from '../status/index.ts';
import { Fault } from '../util/index.ts';
import { UsageError } from './exit.ts';
import { twinKubeconfig } from './kubeconfig.ts';

/** What a page asks clusters besides what is in them. */
export interface Ask {
  /** What monitoring says: it cannot be asked in a twin, whose pods are simulated. */
  readonly measures: boolean;
  /** In what they differ from the definition: the API server answers that only to whoever may change things. */
  readonly drift: boolean;
}

/** Clusters that are followed for as long as a command runs. */
export interface Watch {
  /** Resolves when every cluster has said how it is, or the time is over. */
  answered(timeoutMs: number): Promise<void>;
  statuses(): readonly ClusterStatus[];
  /** The cluster's API. */
  client(name: string): KubeClient | undefined;
  alertmanager(name: string): ServicePort | undefined;
  /** Takes the next version of the definition. */
  define(homelab: Homelab): void;
  /** Tells the page of every change. */
  show(page: HomelabState, ask: Ask): void;
  close(): void;
}

export async function openWatch(homelab: Homelab, targets: ReadonlyMap<string, KubeAccess>): Promise<Watch> {
  const { KubeClient } = await import('../kube/index.ts');
  const { ClusterObserver, followDrift, followMeasures, summarise } = await import('../observe/index.ts');
  const { kustomizationNames, planHomelab } = await import('../compile/index.ts');
  let plans = planHomelab(homelab);
  const planOf = (name: string) => plans.find(({ cluster }) => cluster.name === name);
  const stop = new AbortController();
  const monitoringOf = (name: string) => planOf(name)?.exports.metrics;
  const watched = [...targets].map(([name, access]) => {
    const client = new KubeClient(access);
    const observer = new ClusterObserver(client);
    observer.start();
    return { name, client, observer };
  });
  const statusOf = ({ name, observer }: (typeof watched)[number]) => {
    const plan = planOf(name);
    const kustomizations = plan === undefined ? [] : kustomizationNames(plan);
    const status = summarise(name, observer, { kustomizations });
    return { ...status, connected: status.connected && observer.complete };
  };
  return {
    async answered(timeoutMs) {
      const deadline = Date.now() + timeoutMs;
      while (Date.now() < deadline && !watched.every(({ observer }) => observer.complete)) await sleep(50);
    },
    statuses: () => watched.map(statusOf),
    alertmanager: (name) => monitoringOf(name)?.alertmanager,
    client: (name) => watched.find((one) => one.name === name)?.client,
    define(next) {
      plans = planHomelab(next);
    },
    show(page, ask) {
      for (const one of watched) {
        const { name, observer } = one;
        const hear = () =>
          page.hear(name, { snapshot: observer, status: statusOf(one), heardAt: observer.heardAt });
        observer.changes.subscribe(hear);
        hear();
        const monitoring = monitoringOf(name);
        if (ask.drift)
          void followDrift(
            one.client,
            () => planOf(name),
            () => statusOf(one).ready,
            (drift) => page.drift(name, drift),
            stop.signal,
          );
        if (ask.measures && monitoring !== undefined)
          void followMeasures(one.client, monitoring, (said) => page.measure(name, said), stop.signal);
      }
    },
    close() {
      stop.abort();
      for (const { client, observer } of watched) {
        observer.stop();
        client.close();
      }
    },
  };
}

/** How to reach clusters: by the file that was named, else as the twin has written it. */
export async function reach(
  homelab: Homelab,
  names: readonly string[],
  { kubeconfig, state }: { readonly kubeconfig?: string | undefined; readonly state: string },
): Promise<ReadonlyMap<string, KubeAccess>> {
  const known = homelab.clusters.map(({ name }) => name);
  for (const name of names)
    if (!known.includes(name)) throw new Fault('HP1305', `${name} (there are: ${known.join(', ')})`);
  const { readKubeconfig } = await import('../kube/index.ts');
  if (kubeconfig !== undefined) {
    const [name, ...more] = names;
    if (name === undefined || more.length > 0)
      throw new UsageError('--kubeconfig reaches one cluster: name it as the definition does');
    return new Map([[name, await readKubeconfig(kubeconfig)]]);
  }
  const { State } = await import('../twin/index.ts');
  const twin = new State(state);
  const files = await Promise.all(known.map((name) => twin.kubeconfigFile(name)));
  // A twin may have been asked for some of its clusters only.
  const wanted = names.length > 0 ? names : known.filter((_, index) => files[index] !== undefined);
  if (wanted.length === 0) throw new Fault('HP1302', state);
  return new Map(
    await Promise.all(
      wanted.map(async (name) => [name, await readKubeconfig(await twinKubeconfig(state, name))] as const),
    ),
  );
}
