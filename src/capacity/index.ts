/**
 * Will it fit, what is left when a node dies, what does it draw and cost. Pure: the definition, the contributions and
 * the facts of the lock go in, one report comes out. `pods.ts` reads what objects ask for, `place.ts` puts pods on
 * nodes, `storage.ts` counts volumes with their replicas, `power.ts` watts; `report.ts` puts it together.
 */
export { formatReport } from './format.ts';
export { fitsSomewhere, placeAll } from './place.ts';
export { podGroups } from './pods.ts';
export { sitePower } from './power.ts';
export { quantity } from './quantity.ts';
export { type CapacityReport, capacityReport, TARGETS } from './report.ts';
export { storageUse } from './storage.ts';
