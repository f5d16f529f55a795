import { z } from 'zod';

/** A value of the app's own Secret, to be put where an environment variable's value is wanted. */
export interface SecretRef {
  readonly secret: string;
  readonly from: 'password' | 'given';
}

export const SecretRefSchema = z.strictObject({
  secret: z.string().regex(/^[-._a-zA-Z0-9]+$/, 'a key of letters, digits, ".", "_" and "-"'),
  from: z.enum(['password', 'given']),
});

/**
 * A value that must not be in the definition.
 * @param key Key in the app's Secret, which has the app's name.
 * @param options Where it comes from: `password` (the default) is generated, `given` only you have.
 * @example app('photos', { ..., env: { DB_PASSWORD: secret('db-password') } })
 */
export function secret(key: string, options: { from?: SecretRef['from'] } = {}): SecretRef {
  return { secret: key, from: options.from ?? 'password' };
}
