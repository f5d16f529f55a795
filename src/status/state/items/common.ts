import { z } from 'zod';

/** How something is. `unknown` is what nobody could be asked about. */
export const state = z.enum(['ready', 'waiting', 'failed', 'unknown']);
export const time = z.iso.datetime().describe('UTC');
export const bytes = z.number().nonnegative().describe('bytes');
/** Of what there is, how much is asked for. */
export const share = z.strictObject({
  asked: z.number().nonnegative(),
  allocatable: z.number().nonnegative(),
});
export const watts = z
  .strictObject({ idle: z.number(), typical: z.number(), peak: z.number() })
  .describe('watts');
export const cluster = z.string().describe('name of the cluster');
