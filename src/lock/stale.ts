import type { ClusterPlan } from '../compile/index.ts';
import type { Release } from '../components/index.ts';
import type { KubeObject } from '../kube/index.ts';
import { sha256 } from '../util/index.ts';
import type { Lock } from './file.ts';

/** How the lock names a release. */
export function releaseKey({ namespace, name }: Pick<Release, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

export function valuesHash({ values }: Pick<Release, 'values'>): string {
  return sha256(JSON.stringify(values));
}

/** Releases of a cluster that the lock does not know in this version and with these values. */
export function staleReleases({ cluster, components }: ClusterPlan, lock: Lock): string[] {
  const locked = lock.clusters[cluster.name] ?? {};
  const releases = components.flatMap(({ contribution }) => contribution.releases);
  return releases
    .filter((release) => {
      const known = locked[releaseKey(release)];
      return known?.version !== release.chart.version || known.values !== valuesHash(release);
    })
    .map(releaseKey);
}

/** What a release's chart renders, as far as the lock knows. */
export function renderedBy(lock: Lock | undefined) {
  return (cluster: string, release: Release): readonly KubeObject[] =>
    lock?.clusters[cluster]?.[releaseKey(release)]?.objects ?? [];
}
