import type { Homelab } from '../model/index.ts';
import { clusterFiles } from './cluster.ts';
import { deliveryFiles } from './delivery/index.ts';
import { machineFiles } from './machines/index.ts';
import { monitoringFiles } from './monitoring.ts';
import { planHomelab } from './plan.ts';
import { readme } from './readme.ts';

/** The compiled files: path relative to the output folder -> content, sorted by path. */
export type Tree = ReadonlyMap<string, string>;

/**
 * Compiles a homelab that `check` found no errors in.
 * @throws Error when a cluster has no component that exports `gitops`; `check` (FLX001) reports that first.
 */
export function compile(homelab: Homelab): Tree {
  const plans = planHomelab(homelab);
  const files = plans.flatMap((plan) => {
    const { gitops } = plan.exports;
    if (gitops === undefined) throw new Error(`cluster ${plan.cluster.name}: no component exports gitops`);
    return [...clusterFiles(plan, gitops), ...machineFiles(plan), ...monitoringFiles(plan)];
  });
  files.push(['README.md', readme(homelab, plans)], ...deliveryFiles(homelab, plans));
  return new Map(files.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
