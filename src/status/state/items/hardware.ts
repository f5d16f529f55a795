// What stands there: sites, boards, nodes, and whether it is enough.
import { z } from 'zod';
import { bytes, cluster, share, state, time, watts } from './common.ts';

export const Site = z.strictObject({
  type: z.literal('site'),
  name: z.string(),
  subnet: z.string(),
  gateway: z.string(),
  uplink: z.string().optional(),
  watts,
  supplyWatts: z.number().optional(),
  upsMinutes: z.number().optional().describe('from a full battery, at what is drawn as usual'),
  kwhPerMonth: z.number(),
  cost: z.string().optional().describe('a month, with the currency'),
});

export const Board = z.strictObject({
  type: z.literal('board'),
  site: z.string(),
  name: z.string(),
  model: z.string(),
  carrier: z.boolean().describe('whether it has slots for modules'),
  slots: z.array(
    z.strictObject({ slot: z.number(), model: z.string().optional(), node: z.string().optional() }),
  ),
  bmc: z.string().optional(),
  watts,
});

export const Node = z.strictObject({
  type: z.literal('node'),
  cluster,
  name: z.string(),
  board: z.string(),
  slot: z.number().optional(),
  model: z.string(),
  address: z.string(),
  roles: z.array(z.string()),
  state,
  message: z.string(),
  kubelet: z.string().optional(),
  cordoned: z.boolean(),
  cores: z.number(),
  memory: bytes,
  cpu: share.describe('cores that pods ask for, and that they can have'),
  ram: share.describe('bytes that pods ask for, and that they can have'),
  pods: share,
  disks: z.array(z.strictObject({ kind: z.string(), size: bytes })),
  watts,
  throttleCelsius: z.number(),
  measured: z
    .strictObject({
      at: time,
      celsius: z.number().optional(),
      cpu: z.number().optional().describe('share of all cores'),
      memory: z.number().optional().describe('share'),
      disk: z.number().optional().describe('share of the data disk'),
      daysUntilFull: z
        .number()
        .optional()
        .describe('until the first file system is full, at the pace of the last week'),
      diskYears: z
        .number()
        .optional()
        .describe('until the first disk has been written as often as it is rated for, at the pace of today'),
      watts: z.number().optional().describe('estimated from the data sheet and how busy the cores are'),
    })
    .optional()
    .describe('from Prometheus; absent where it cannot be asked'),
});

export const Capacity = z.strictObject({
  type: z.literal('capacity'),
  cluster,
  cpu: share,
  ram: share,
  pods: share,
  targets: z.strictObject({ cpu: z.number(), memory: z.number(), storage: z.number() }),
  unplaced: z.array(z.string()),
  without: z.array(z.strictObject({ node: z.string(), unplaced: z.array(z.string()) })),
  more: z.array(z.strictObject({ app: z.string(), more: z.number().int(), first: z.string() })),
});
