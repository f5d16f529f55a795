import { TARGETS } from '../../../capacity/index.ts';
import type { Facts } from '../facts.ts';
import type { ItemOf } from '../item.ts';

/** Whether it all fits, what is left without a node, and what more would fit. */
export function capacityItems({ capacity }: Facts): ItemOf<'capacity'>[] {
  return capacity.clusters.map(({ cluster, total, unplaced, without, apps }) => ({
    type: 'capacity' as const,
    cluster,
    cpu: total.cpu,
    ram: total.memory,
    pods: total.pods,
    targets: TARGETS,
    unplaced: [...unplaced],
    without: without.map((loss) => ({ node: loss.node, unplaced: [...loss.unplaced] })),
    more: apps.map((fit) => ({ ...fit })),
  }));
}
