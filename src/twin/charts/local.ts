import { type ClusterPlan, repositoryName } from '../../compile/index.ts';
import type { KubeObject } from '../../kube/index.ts';
import type { PackagedChart } from './folder.ts';

/**
 * Says of a tree's HelmRepository whether packaged charts can stand in for it: only when every chart that the plans
 * take from it is there in its version. Otherwise Flux goes upstream.
 */
export function locallyServed(
  charts: readonly PackagedChart[],
  plans: readonly ClusterPlan[],
): (repository: KubeObject) => boolean {
  const packaged = new Set(charts.map(({ metadata }) => `${metadata.name} ${metadata.version}`));
  const lacking = new Set(
    plans
      .flatMap((plan) => plan.components.flatMap(({ contribution }) => contribution.releases))
      .filter(({ chart }) => !packaged.has(`${chart.name} ${chart.version}`))
      .map(({ chart }) => repositoryName(chart)),
  );
  return (repository) => !lacking.has(repository.metadata.name);
}
