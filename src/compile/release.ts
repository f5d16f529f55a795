import type { Chart, Release } from '../components/index.ts';
import type { KubeObject } from '../kube/index.ts';
import type { Cluster } from '../model/index.ts';
import { sortBy } from '../util/index.ts';
import type { ClusterPlan } from './plan.ts';
import { SYNC } from './sync.ts';

/** Name of a chart's HelmRepository: the repository's host and path, so that charts of one place share it. */
export function repositoryName(chart: Chart): string {
  return chart.repository
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[^a-z0-9]+/gi, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
}

function helmRepository(chart: Chart, cluster: Cluster): KubeObject {
  const oci = chart.repository.startsWith('oci://');
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'HelmRepository',
    metadata: { name: repositoryName(chart), namespace: SYNC.namespace },
    spec: {
      interval: oci ? '24h' : cluster.policy.reconcileInterval,
      ...(oci ? { type: 'oci' } : {}),
      url: chart.repository,
    },
  };
}

/** The chart repositories that a cluster's releases come from, each once. */
export function repositories(plan: ClusterPlan): KubeObject[] {
  const charts = plan.components.flatMap(({ contribution }) =>
    contribution.releases.map(({ chart }) => chart),
  );
  const byName = new Map(charts.map((chart) => [repositoryName(chart), helmRepository(chart, plan.cluster)]));
  return sortBy(byName.values(), (repository) => repository.metadata.name);
}

/** @param account Account that it is installed as; without one it is Flux' own. */
export function helmRelease(release: Release, cluster: Cluster, account?: string): KubeObject {
  const patches = release.patches ?? [];
  const postRenderers = [
    {
      kustomize: { patches: patches.map(({ target, patch }) => ({ target, patch: JSON.stringify(patch) })) },
    },
  ];
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: release.name, namespace: release.namespace },
    spec: {
      interval: cluster.policy.reconcileInterval,
      timeout: '5m',
      releaseName: release.name,
      ...(account === undefined ? {} : { serviceAccountName: account }),
      chart: {
        spec: {
          chart: release.chart.name,
          version: release.chart.version,
          interval: '24h',
          sourceRef: {
            kind: 'HelmRepository',
            name: repositoryName(release.chart),
            namespace: SYNC.namespace,
          },
        },
      },
      install: { crds: 'CreateReplace', strategy: { name: 'RetryOnFailure', retryInterval: '1m' } },
      upgrade: { crds: 'CreateReplace', strategy: { name: 'RetryOnFailure', retryInterval: '1m' } },
      driftDetection: { mode: 'enabled' },
      values: release.values,
      ...(patches.length === 0 ? {} : { postRenderers }),
    },
  };
}
