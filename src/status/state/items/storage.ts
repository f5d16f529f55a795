// What is kept.
import { z } from 'zod';
import { bytes, cluster, state, time } from './common.ts';

export const Volume = z.strictObject({
  type: z.literal('volume'),
  cluster,
  namespace: z.string(),
  name: z.string().describe('of the claim'),
  class: z.string(),
  size: bytes,
  used: bytes.optional(),
  state,
  message: z.string(),
  wantedReplicas: z.number().int().optional(),
  replicas: z.array(z.strictObject({ node: z.string(), state })),
  usedBy: z.array(z.string()).describe('pods'),
  backedUp: z.boolean().describe('whether its definition asks for backups'),
  lastBackupAt: time.optional(),
});

export const Storage = z.strictObject({
  type: z.literal('storage'),
  cluster,
  asked: bytes,
  withReplicas: bytes,
  disks: bytes,
  used: z
    .array(z.strictObject({ at: time, bytes }))
    .describe('on all disks, a day apart, the oldest first; empty where nobody measures'),
  target: z.number().describe('share of the disks that may be asked for'),
});
