import type { ClusterPlan } from '../../compile/index.ts';
import { CIS } from './cis.ts';
import type { ControlResult } from './control.ts';
import { NSA } from './nsa.ts';

export type { ControlResult, Status } from './control.ts';

/** What a cluster's definition and tree say about every control of both benchmarks. */
export function assess(plan: ClusterPlan): ControlResult[] {
  return [...CIS, ...NSA].map(({ framework, id, title, assess: look }) => ({
    cluster: plan.cluster.name,
    framework,
    id,
    title,
    ...look(plan),
  }));
}
