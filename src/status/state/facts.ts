import { type CapacityReport, capacityReport } from '../../capacity/index.ts';
import { assess, type ControlResult } from '../../check/index.ts';
import { type ClusterPlan, missingExports, planCluster, type Rendered } from '../../compile/index.ts';
import { workloadImages } from '../../kube/index.ts';
import type { Finding, Homelab } from '../../model/index.ts';

/** What a definition alone says, worked out once for each of its versions. */
export interface Facts {
  readonly homelab: Homelab;
  readonly plans: readonly ClusterPlan[];
  readonly capacity: CapacityReport;
  readonly findings: readonly Finding[];
  readonly compliance: readonly ControlResult[];
  /** Versions that an earlier environment has and a later one has not. */
  readonly ahead: readonly Ahead[];
}

/** One version that promotion would carry. */
export interface Ahead {
  readonly from: string;
  readonly to: string;
  /** `cluster`, or the name of a component. */
  readonly subject: string;
  readonly what: string;
  readonly here: string;
  readonly there: string;
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
  };
}

/** What staging clusters have in another version than production clusters; both must have it. */
function ahead(plans: readonly ClusterPlan[]): Ahead[] {
  const of = (environment: string) => plans.filter(({ cluster }) => cluster.environment === environment);
  return of('staging').flatMap((staging) =>
    of('production').flatMap((production) => {
      const known = new Map(versionsOf(production).map(({ key, version }) => [key, version]));
      return versionsOf(staging).flatMap(({ key, subject, what, version: here }): Ahead[] => {
        const there = known.get(key);
        if (there === undefined || there === here) return [];
        return [{ from: staging.cluster.name, to: production.cluster.name, subject, what, here, there }];
      });
    }),
  );
}

interface Version {
  readonly key: string;
  readonly subject: string;
  readonly what: string;
  readonly version: string;
}

/** Kubernetes, the charts and the images of a cluster. */
function versionsOf({ cluster, components }: ClusterPlan): Version[] {
  const version = (subject: string, what: string, value: string): Version => ({
    key: `${subject} ${what}`,
    subject,
    what,
    version: value,
  });
  return [
    version('cluster', 'Kubernetes', cluster.kubernetes),
    ...components.flatMap(({ component: { name }, contribution }) => [
      ...contribution.releases.map(({ chart }) => version(name, `chart ${chart.name}`, chart.version)),
      ...(contribution.objects ?? []).flatMap(workloadImages).map((image) => {
        const [, repository = image, tag = ''] = /^(.+?)[:@]([^/]+)$/.exec(image) ?? [];
        return version(name, `image ${repository}`, tag);
      }),
    ]),
  ];
}
