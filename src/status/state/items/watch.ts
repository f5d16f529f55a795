// What is wrong, what goes on, what has happened.
import { z } from 'zod';
import { cluster, time } from './common.ts';

export const Homelab = z.strictObject({
  type: z.literal('homelab'),
  name: z.string(),
  git: z.string().describe('the repository that Flux reads'),
  twin: z.boolean().describe('whether nodes, pods and volumes are simulated'),
  startedAt: time.describe('since when this page watches'),
});

export const Problem = z.strictObject({
  type: z.literal('problem'),
  cluster: z.string().optional(),
  object: z.string().describe('`Kind/namespace/name`, or what else is at fault'),
  message: z.string(),
  todo: z.string().describe('the one thing to do about it'),
  since: time,
});

export const Alert = z.strictObject({
  type: z.literal('alert'),
  cluster,
  name: z.string(),
  severity: z.enum(['critical', 'warning', 'info']),
  state: z.enum(['quiet', 'pending', 'firing', 'unknown']),
  summary: z.string(),
  runbook: z.string(),
  since: time.optional(),
});

export const Window = z.strictObject({
  type: z.literal('window'),
  cluster,
  name: z.string(),
  when: z.string(),
});

export const Silence = z.strictObject({
  type: z.literal('silence'),
  cluster,
  id: z.string(),
  matches: z.string(),
  until: time,
  by: z.string(),
  comment: z.string(),
});

export const Task = z.strictObject({
  type: z.literal('task'),
  task: z.string(),
  done: z.number(),
  total: z.number().optional(),
  detail: z.string(),
  remainingSeconds: z.number().optional(),
});

export const Happening = z.strictObject({
  type: z.literal('happening'),
  at: time,
  cluster: z.string().optional(),
  about: z.enum(['delivery', 'node', 'workload', 'problem', 'cluster', 'note', 'action', 'alert']),
  good: z.boolean().optional(),
  text: z.string(),
});
