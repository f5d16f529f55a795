import { z } from 'zod';
import { type state, time } from './items/common.ts';
import { App, Cluster, Delivery, Difference, Drift, Workload } from './items/delivery.ts';
import { Board, Capacity, Node, Site } from './items/hardware.ts';
import { Address, Certificate, Flow, Pool, Route } from './items/network.ts';
import { Finding } from './items/security.ts';
import { Storage, Volume } from './items/storage.ts';
import { Alert, Happening, Homelab, Problem, Silence, Task, Window } from './items/watch.ts';

/** How something is. `unknown` is what nobody could be asked about. */
export type ItemState = z.infer<typeof state>;

/** One thing that the page knows. Its key tells it from all others and stays the same while it changes. */
export const ItemSchema = z.discriminatedUnion('type', [
  Site,
  Board,
  Node,
  Capacity,
  Cluster,
  Delivery,
  Workload,
  App,
  Difference,
  Drift,
  Address,
  Pool,
  Route,
  Flow,
  Certificate,
  Volume,
  Storage,
  Finding,
  Homelab,
  Problem,
  Alert,
  Window,
  Silence,
  Task,
  Happening,
]);
export type Item = z.infer<typeof ItemSchema>;
export type ItemType = Item['type'];
/** The item of one type. */
export type ItemOf<T extends ItemType> = Extract<Item, { type: T }>;

/** What is sent to a reader: everything at first, then only what is different. */
export const DeltaSchema = z.strictObject({
  version: z.number().int().nonnegative(),
  now: time.describe("the server's clock, to tell ages by"),
  set: z.record(z.string(), ItemSchema),
  gone: z.array(z.string()),
});
export type Delta = z.infer<typeof DeltaSchema>;
