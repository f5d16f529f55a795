import {
  COMPONENTS,
  type Component,
  type Context,
  type Contribution,
  definitionOf,
  type Exports,
  LAYERS,
} from '../components/index.ts';
import type { Cluster, ComponentUse, Homelab, Path } from '../model/index.ts';
import { sortBy, unique } from '../util/index.ts';

/** One component of one cluster: what it contributes and what it waits for. */
export interface PlannedComponent {
  readonly component: Component;
  readonly use: ComponentUse;
  readonly contribution: Contribution;
  /** Names of the components whose exports its release uses. */
  readonly after: readonly string[];
  /** Names of the components whose exports only its configuration uses. */
  readonly configAfter: readonly string[];
  /** Folder in the tree, `clusters/<cluster>/<layer>/<component>`. */
  readonly folder: string;
}

/** Everything that one cluster is made of, before it becomes files. */
export interface ClusterPlan {
  readonly homelab: Homelab;
  readonly cluster: Cluster;
  readonly components: readonly PlannedComponent[];
  /** Exports by key, with the name of their provider. */
  readonly exports: Partial<Exports>;
}

export function planHomelab(homelab: Homelab): ClusterPlan[] {
  return homelab.clusters.map((cluster) => planCluster(homelab, cluster));
}

/**
 * Asks every component of a cluster what it contributes.
 * @throws Error when a component's required export has no provider; `check` (FLX001) reports that first.
 */
export function planCluster(homelab: Homelab, cluster: Cluster): ClusterPlan {
  const used = cluster.components.flatMap((use) => {
    const component = definitionOf(use);
    return component === undefined ? [] : [{ use, component }];
  });
  const ordered = sortBy(used, ({ component }) => `${LAYERS.indexOf(component.layer)}${component.name}`);
  const exports: Partial<Exports> = {};
  const providers = new Map<keyof Exports, string>();
  for (const { use, component } of ordered) {
    const given = component.exports(cluster, use.options);
    for (const key of Object.keys(given) as (keyof Exports)[]) providers.set(key, component.name);
    Object.assign(exports, given);
  }
  const contributionOf = ({ component, use }: (typeof ordered)[number], alone: boolean): Contribution => {
    const others = alone ? [] : ordered.filter((other) => other.component !== component);
    // Who is asked by somebody who looks at all others sees none himself, or two of these would ask each other for ever.
    const neighbours = () =>
      others.map((other) => ({ name: other.component.name, contribution: aloneOnce(other) }));
    return component.contribute(
      { ...makeContext(homelab, cluster, exports), others: neighbours },
      use.options,
    );
  };
  // Several look at all others: each of those is asked once.
  const asked = new Map<Component, Contribution>();
  const aloneOnce = (part: (typeof ordered)[number]): Contribution => {
    const contribution = asked.get(part.component) ?? contributionOf(part, true);
    asked.set(part.component, contribution);
    return contribution;
  };
  const providersOfAll = (keys: readonly (keyof Exports)[]) =>
    unique(keys.flatMap((key) => providers.get(key) ?? [])).toSorted();
  return {
    homelab,
    cluster,
    exports,
    components: ordered.map(({ use, component }) => ({
      use,
      component,
      contribution: contributionOf({ use, component }, false),
      after: providersOfAll([...component.requires, ...component.uses]),
      configAfter: providersOfAll(component.configures),
      folder: `clusters/${cluster.name}/${component.layer}/${component.name}`,
    })),
  };
}

/** An export that something in a cluster needs and nothing gives. */
export interface MissingExport {
  readonly key: keyof Exports;
  /** Who needs it. */
  readonly by: string;
  readonly at: Path;
  /** Components that would give it. */
  readonly providers: readonly string[];
}

/** What a cluster's components need and do not get; a cluster with any cannot be planned. */
export function missingExports(cluster: Cluster): MissingExport[] {
  const given = new Set(
    cluster.components.flatMap((use) => Object.keys(definitionOf(use)?.exports(cluster, use.options) ?? {})),
  );
  const needs = cluster.components.flatMap((use) =>
    (definitionOf(use)?.requires ?? []).map((key) => ({ key, by: use.component, at: use.at })),
  );
  // Without it nothing would apply the tree.
  needs.push({ key: 'gitops', by: `cluster ${cluster.name}`, at: [...cluster.at, 'components'] });
  return needs
    .filter(({ key }) => !given.has(key))
    .map((need) => ({ ...need, providers: providersOf(cluster, need.key) }));
}

function providersOf(cluster: Cluster, key: keyof Exports): string[] {
  return [...COMPONENTS.values()]
    .filter((component) => {
      const defaults = component.schema.safeParse({});
      return defaults.success && key in component.exports(cluster, defaults.data);
    })
    .map(({ name }) => name);
}

function makeContext(homelab: Homelab, cluster: Cluster, exports: Partial<Exports>): Omit<Context, 'others'> {
  const find = <K extends keyof Exports>(key: K): Exports[K] | undefined => exports[key];
  const workers = cluster.nodes.filter((node) => node.worker).length;
  return {
    homelab,
    cluster,
    find,
    need<K extends keyof Exports>(key: K): Exports[K] {
      const value = find(key);
      if (value === undefined) throw new Error(`cluster ${cluster.name}: no component exports ${key}`);
      return value;
    },
    replicas: (many) => (cluster.policy.redundant && workers >= many ? many : 1),
  };
}
