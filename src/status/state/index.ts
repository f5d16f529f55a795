/**
 * What the page shows, as data. `item.ts` says of what kinds it is and documents it; `facts.ts` and `defined/` are what
 * the definition alone says, `live/` what clusters say, `timeline.ts` what has happened; `store.ts` keeps it with a
 * version and knows what is different; `homelab-state.ts` puts it together. Pure but for the store: no I/O.
 */
export { factsOf } from './facts.ts';
export { HomelabState } from './homelab-state.ts';
export { type Delta, DeltaSchema, type Item, type ItemOf, ItemSchema } from './item.ts';
export { Store } from './store.ts';
