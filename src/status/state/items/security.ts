// What somebody found.
import { z } from 'zod';

export const Finding = z.strictObject({
  type: z.literal('finding'),
  source: z.enum(['check', 'trivy', 'compliance']),
  rule: z.string(),
  severity: z.enum(['critical', 'error', 'warning', 'info']),
  cluster: z.string().optional(),
  message: z.string(),
  why: z.string(),
  remedy: z.string(),
  place: z.string().optional().describe('file and line of the definition, or the object'),
  waived: z.boolean(),
});
