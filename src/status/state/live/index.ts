import type { Item } from '../item.ts';
import { appItems } from './apps.ts';
import { clusterItem } from './cluster.ts';
import { deliveryItems } from './delivery.ts';
import { alertStates, silenceItems } from './measured.ts';
import { networkItems } from './network.ts';
import { nodeItems } from './nodes.ts';
import { reportItems } from './security.ts';
import { storageItem, volumeItems } from './storage.ts';
import type { ClusterView } from './view.ts';
import { workloadItems } from './workloads.ts';

export { aheadItems } from './ahead.ts';
export { problemsOf } from './problems.ts';
export type { ClusterView } from './view.ts';

/** Everything that a cluster says, beside what its definition does. Pure: the same view gives the same items. */
export function liveItems(view: ClusterView): Exclude<Item, { type: 'happening' | 'problem' }>[] {
  return [
    clusterItem(view),
    ...nodeItems(view),
    ...deliveryItems(view),
    ...workloadItems(view),
    ...networkItems(view),
    ...volumeItems(view),
    ...storageItem(view),
    ...reportItems(view),
    ...appItems(view),
    ...alertStates(view),
    ...silenceItems(view),
  ];
}
