import type { ClusterPlan } from '../../../compile/index.ts';
import type { ClusterStatus, Measures, Snapshot } from '../../../observe/index.ts';
import type { Facts } from '../facts.ts';

/** What is known of one cluster at one moment. */
export interface ClusterView {
  readonly plan: ClusterPlan;
  readonly facts: Facts;
  /** Undefined until its API server has answered. */
  readonly live?:
    | { readonly snapshot: Snapshot; readonly status: ClusterStatus; readonly heardAt?: number | undefined }
    | undefined;
  /** What Prometheus says; undefined where there is none that answers. */
  readonly measures?: Measures | undefined;
  /** Whether anybody here asks it. */
  readonly watched: boolean;
  /** The commit that it is to be at. */
  readonly revision?: string | undefined;
}
