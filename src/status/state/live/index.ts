import type { Item } from '../item.ts';
import { appItems } from './apps.ts';
import { clusterItem } from './cluster.ts';
import { deliveryItems } from './delivery.ts';
import { alertStates, silenceItems } from './measured.ts';
import { networkItems } from './network.ts';
import { nodeItems } from './nodes.ts';
import { type ProblemFound, problemsOf } from './problems.ts';
import { reportItems } from './security.ts';
import { storageItem, volumeItems } from './storage.ts';
import type { ClusterView } from './view.ts';
import { workloadItems } from './workloads.ts';

export { aheadItems } from './ahead.ts';
export type { ClusterView } from './view.ts';

/** Everything that a cluster says, beside what its definition does. */
interface Live {
  readonly items: readonly Exclude<Item, { type: 'happening' | 'problem' }>[];
  readonly problems: readonly ProblemFound[];
}

/** Pure: the same view gives the same items. */
export function liveItems(view: ClusterView): Live {
  const nodes = nodeItems(view);
  const workloads = workloadItems(view);
  const alerts = alertStates(view);
  return {
    items: [
      clusterItem(view),
      ...nodes,
      ...deliveryItems(view),
      ...workloads,
      ...networkItems(view),
      ...volumeItems(view),
      ...storageItem(view),
      ...reportItems(view),
      ...appItems(view, workloads),
      ...alerts,
      ...silenceItems(view),
    ],
    problems: problemsOf(view, nodes, alerts),
  };
}
