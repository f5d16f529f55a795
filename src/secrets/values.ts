import { randomBytes } from 'node:crypto';
import { hash } from 'bcryptjs';
import type { SecretNeed } from '../components/index.ts';

/** Cost of the hashes of logins; each step doubles the time. */
const ROUNDS = 10;
const USER = 'admin';

/** Values by key. */
export type Values = Record<string, string>;

/**
 * Makes the values that nobody needs to choose.
 * @param wanted Keys to make; what only the user can give is left out.
 */
export async function generateValues(need: SecretNeed, wanted: readonly string[]): Promise<Values> {
  const values: Values = {};
  for (const key of wanted) {
    const source = need.keys[key];
    if (source === undefined || source === 'given') continue;
    if (typeof source === 'object') values[key] = source.fixed;
    else if (source === 'password') values[key] = password();
    else Object.assign(values, await login(key));
  }
  return values;
}

/** Values for a twin, where nothing listens: what only the user has is made up too, and says so. */
export async function placeholderValues(need: SecretNeed): Promise<Values> {
  const keys = Object.keys(need.keys);
  const given = keys.filter((key) => need.keys[key] === 'given').map((key) => [key, 'simulated']);
  return { ...Object.fromEntries(given), ...(await generateValues(need, keys)) };
}

/** 144 random bits, without characters that shells and URLs treat specially. */
function password(): string {
  return randomBytes(18).toString('base64url');
}

async function login(key: string): Promise<Values> {
  const chosen = password();
  return { [key]: `${USER}:${await hash(chosen, ROUNDS)}`, password: chosen };
}
