import type { ClusterPlan } from '../../compile/index.ts';

export type Framework = 'CIS' | 'NSA';

/** `running` controls can only be seen in the running cluster: trivy-operator's reports have them. */
export type Status = 'met' | 'partly' | 'not met' | 'running';

/** What the definition says about one control. */
export interface Assessment {
  readonly status: Status;
  /** What there is, or what is missing. */
  readonly evidence: string;
  /** Files of the tree where it can be seen. */
  readonly paths: readonly string[];
}

/** One control of a benchmark, in our own words. */
export interface Control {
  readonly framework: Framework;
  /** Number in the benchmark, or chapter of the guidance. */
  readonly id: string;
  readonly title: string;
  readonly assess: (plan: ClusterPlan) => Assessment;
}

/** A control and what was found of it in a cluster. */
export interface ControlResult extends Assessment {
  readonly cluster: string;
  readonly framework: Framework;
  readonly id: string;
  readonly title: string;
}
