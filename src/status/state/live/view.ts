import type { ClusterPlan } from '../../../compile/index.ts';
import type { ClusterStatus, Snapshot } from '../../../observe/index.ts';
import type { Facts } from '../facts.ts';

/** What is known of one cluster at one moment. */
export interface ClusterView {
  readonly plan: ClusterPlan;
  readonly facts: Facts;
  /** Undefined until its API server has answered. */
  readonly live?:
    | { readonly snapshot: Snapshot; readonly status: ClusterStatus; readonly heardAt?: number | undefined }
    | undefined;
  /** The commit that it is to be at. */
  readonly revision?: string | undefined;
}
