// What runs: clusters, what Flux does to them, and what comes of it.
import { z } from 'zod';
import { cluster, state, time } from './common.ts';

export const Cluster = z.strictObject({
  type: z.literal('cluster'),
  name: z.string(),
  site: z.string(),
  environment: z.string(),
  domain: z.string(),
  os: z.string(),
  kubernetes: z.string(),
  state: z.enum(['ready', 'converging', 'unreachable', 'starting', 'unwatched']),
  heardAt: time.optional().describe('when its API server last answered, while it does not'),
  revision: z.string().optional().describe('commit that it is to be at'),
  counts: z.array(z.strictObject({ kind: z.string(), ready: z.number().int(), total: z.number().int() })),
});

export const Delivery = z.strictObject({
  type: z.literal('delivery'),
  cluster,
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  state,
  message: z.string(),
  version: z.string().optional().describe('revision or chart version that is applied'),
  suspended: z.boolean(),
  needs: z.array(z.string()).describe('keys of what it is made from or waits for'),
  waitsFor: z.array(z.string()).describe('keys of those that are not ready'),
});

export const Workload = z.strictObject({
  type: z.literal('workload'),
  cluster,
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  ready: z.number().int(),
  wanted: z.number().int(),
  state,
  message: z.string(),
  images: z.array(z.string()),
  by: z.string().optional().describe('key of the Flux object that applied it'),
});

export const App = z.strictObject({
  type: z.literal('app'),
  cluster,
  name: z.string(),
  url: z.string().optional(),
  version: z.string(),
  state,
  message: z.string(),
  login: z.boolean(),
  public: z.boolean(),
});

export const Drift = z.strictObject({
  type: z.literal('drift'),
  cluster,
  object: z.string(),
  action: z.enum(['create', 'change', 'delete', 'refused']).describe('what applying the definition would do'),
  fields: z.array(z.string()).describe('which fields are different; their values are not told'),
  message: z.string(),
});

export const Difference = z.strictObject({
  type: z.literal('difference'),
  from: z.string().describe('cluster that has it'),
  to: z.string().describe('cluster that does not'),
  what: z.string(),
  here: z.string(),
  there: z.string(),
  healthySince: time.optional().describe('since when it runs well where it is'),
});
