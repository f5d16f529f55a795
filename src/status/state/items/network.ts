// How it is reached, and who may talk to whom.
import { z } from 'zod';
import { cluster, state, time } from './common.ts';

export const Address = z.strictObject({
  type: z.literal('address'),
  cluster,
  namespace: z.string(),
  name: z.string(),
  address: z.string().optional(),
  ports: z.array(z.string()),
  state,
});

export const Pool = z.strictObject({
  type: z.literal('pool'),
  cluster,
  name: z.string(),
  range: z.string(),
  used: z.number().int(),
  size: z.number().int(),
});

export const Route = z.strictObject({
  type: z.literal('route'),
  cluster,
  host: z.string(),
  service: z.string(),
  login: z.boolean(),
  public: z.boolean(),
});

export const Flow = z.strictObject({
  type: z.literal('flow'),
  cluster,
  owner: z.string().describe('component or app'),
  name: z.string().describe('unique to its owner'),
  from: z.string(),
  to: z.string(),
  ports: z.string(),
  why: z.string(),
  policies: z
    .array(z.strictObject({ name: z.string(), there: z.boolean() }))
    .describe('NetworkPolicies that allow it; everything else is denied'),
});

export const Certificate = z.strictObject({
  type: z.literal('certificate'),
  cluster,
  namespace: z.string(),
  name: z.string(),
  hosts: z.array(z.string()),
  state,
  message: z.string(),
  until: time.optional(),
});
