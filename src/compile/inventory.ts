import type { Release } from '../components/index.ts';
import type { KubeObject } from '../kube/index.ts';
import { releaseObjects } from './charts.ts';
import { clusterDocuments } from './documents.ts';
import type { ClusterPlan, PlannedComponent } from './plan.ts';

/** What the chart of a release renders, from the lock; nothing when it is not known. */
export type Rendered = (cluster: string, release: Release) => readonly KubeObject[];

/** An object that is in a cluster once everything is applied, and where it comes from. */
export interface Item {
  readonly object: KubeObject;
  /** File in the tree that it is in, or that has the release whose chart makes it. */
  readonly file: string;
  /** Folder of the Kustomization that applies it; what a chart makes is its release's. */
  readonly folder?: string;
  /** Whose it is; undefined for what the cluster itself needs. */
  readonly planned?: PlannedComponent | undefined;
  /** The release whose chart makes it. */
  readonly release?: Release;
}

/** Everything that is applied to a cluster: the tree's objects and what charts make. */
export function inventory(plan: ClusterPlan, rendered: Rendered): Item[] {
  const { gitops } = plan.exports;
  if (gitops === undefined) return [];
  const own = clusterDocuments(plan, gitops).flatMap(({ file, folder, planned, objects }) =>
    objects.map((object) => ({ object, file, folder, planned })),
  );
  const charts = plan.components.flatMap((planned) =>
    planned.contribution.releases.flatMap((release) =>
      releaseObjects(release, rendered(plan.cluster.name, release)).map((object) => ({
        object,
        file: `${planned.folder}/release.yaml`,
        planned,
        release,
      })),
    ),
  );
  return [...own, ...charts];
}
