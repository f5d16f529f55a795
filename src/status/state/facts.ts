import { type CapacityReport, capacityReport } from '../../capacity/index.ts';
import { assess, type ControlResult } from '../../check/index.ts';
import {
  type ClusterPlan,
  compareClusters,
  type Difference,
  kustomizationNames,
  missingExports,
  planCluster,
  type Rendered,
} from '../../compile/index.ts';
import type { Finding, Homelab } from '../../model/index.ts';

/** What a definition alone says, worked out once for each of its versions. */
export interface Facts {
  readonly homelab: Homelab;
  readonly plans: readonly ClusterPlan[];
  readonly capacity: CapacityReport;
  readonly findings: readonly Finding[];
  readonly compliance: readonly ControlResult[];
  /** What an earlier environment has and a later one has not. */
  readonly ahead: readonly { readonly from: string; readonly to: string; readonly difference: Difference }[];
  /** Kustomizations that must be there, by cluster. */
  readonly kustomizations: ReadonlyMap<string, readonly string[]>;
}

/** @param findings What was found when the definition was loaded. */
export function factsOf(homelab: Homelab, rendered: Rendered, findings: readonly Finding[]): Facts {
  const plans = homelab.clusters
    .filter((cluster) => missingExports(cluster).length === 0)
    .map((cluster) => planCluster(homelab, cluster));
  return {
    homelab,
    plans,
    capacity: capacityReport(homelab, rendered),
    findings,
    compliance: plans.flatMap(assess),
    ahead: ahead(plans),
    kustomizations: new Map(plans.map((plan) => [plan.cluster.name, kustomizationNames(plan)])),
  };
}

/** Versions that a staging cluster has and a production cluster has not. */
function ahead(plans: readonly ClusterPlan[]): Facts['ahead'] {
  const of = (environment: string) => plans.filter(({ cluster }) => cluster.environment === environment);
  return of('staging').flatMap((staging) =>
    of('production').flatMap((production) =>
      compareClusters(staging, production)
        .filter(isVersion)
        .map((difference) => ({ from: staging.cluster.name, to: production.cluster.name, difference })),
    ),
  );
}

/** What promotion carries: versions of charts and images, of what both clusters have. */
function isVersion({ subject, path, left, right }: Difference): boolean {
  if (left === undefined || right === undefined) return false;
  return (subject === 'cluster' && path === 'kubernetes') || /\.(chart|tag|image)$/.test(path);
}
