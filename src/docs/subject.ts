import type { CapacityReport } from '../capacity/index.ts';
import { capacityReport } from '../capacity/index.ts';
import { assess, type ControlResult } from '../check/index.ts';
import { type ClusterPlan, type PlannedComponent, planHomelab, type Rendered } from '../compile/index.ts';
import { ownObjects } from '../components/index.ts';
import type { KubeObject } from '../kube/index.ts';
import type { Homelab, Machine } from '../model/index.ts';

/** What the documentation is of. */
export interface Subject {
  readonly homelab: Homelab;
  readonly plans: readonly ClusterPlan[];
  readonly capacity: CapacityReport;
  readonly controls: readonly ControlResult[];
}

export function subjectOf(homelab: Homelab, rendered: Rendered): Subject {
  const plans = planHomelab(homelab);
  return { homelab, plans, capacity: capacityReport(homelab, rendered), controls: plans.flatMap(assess) };
}

/** The part of a cluster with this name, if the definition has it. */
export function partOf({ components }: ClusterPlan, name: string): PlannedComponent | undefined {
  return components.find(({ component }) => component.name === name);
}

/** Objects that the definition itself makes, not its charts. */
export function objectsOf({ components }: ClusterPlan, kind: string): KubeObject[] {
  return components
    .flatMap(({ contribution }) => ownObjects(contribution))
    .filter((object) => object.kind === kind);
}

export function gib(bytes: number): string {
  return `${Math.round((bytes / 2 ** 30) * 10) / 10} GiB`;
}

/** Where a machine stands, such as `turing, slot 1`. */
export function placeOf({ board, slot }: Machine): string {
  return slot === undefined ? board : `${board}, slot ${slot}`;
}

/** What each cluster has to say, under a heading of its own where there are several. */
export function perCluster(
  plans: readonly ClusterPlan[],
  level: string,
  text: (plan: ClusterPlan) => string,
): string {
  return plans
    .map((plan) => (plans.length === 1 ? text(plan) : `${level} ${plan.cluster.name}\n\n${text(plan)}`))
    .join('\n\n');
}
