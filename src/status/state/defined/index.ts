import type { Facts } from '../facts.ts';
import type { Item } from '../item.ts';
import { windowItems } from './alerts.ts';
import { capacityItems } from './capacity.ts';
import { hardwareItems } from './hardware.ts';
import { routeItems } from './network.ts';
import { findingItems } from './security.ts';

export { flowsOf } from './network.ts';

type Defined = Exclude<Item, { type: 'happening' }>;

/** Everything that is known before any cluster has been asked. */
export function definedItems(facts: Facts): Defined[] {
  return [
    ...hardwareItems(facts),
    ...capacityItems(facts),
    ...findingItems(facts),
    ...facts.plans.flatMap((plan): Defined[] => [...routeItems(plan), ...windowItems(plan)]),
  ];
}
