import { z } from 'zod';
import { nearest, parseCidr, parseIp, parseRange } from '../util/index.ts';
import { parseBytes } from './quantity.ts';

/** A strict object whose unknown keys are errors that say which key was probably meant. */
export function strict<S extends z.ZodRawShape>(shape: S): z.ZodObject<S, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined;
      const known = Object.keys(shape);
      const words = issue.keys.map((key) => {
        const guess = nearest(key, known);
        return `unknown key "${key}"${guess === undefined ? '' : `, did you mean "${guess}"?`}`;
      });
      return `${words.join('; ')} (allowed: ${known.join(', ')})`;
    },
  });
}

function quoted(allowed: string): { error: (issue: { input?: unknown }) => string } {
  return {
    error: (issue) =>
      issue.input === undefined
        ? `missing: ${allowed}`
        : `${withoutPassword(JSON.stringify(issue.input))} is not ${allowed}`,
  };
}

/** What stands before an `@` in a URL may be a password, and messages end up in logs. */
function withoutPassword(value: string): string {
  return value.replace(/\/\/[^/@]*@/, '//***@');
}

function text(allowed: string, accepts: (value: string) => boolean): z.ZodType<string, string> {
  return z.string(quoted(allowed)).refine(accepts, quoted(allowed));
}

/** An RFC 1123 label, the form of Kubernetes names. */
export const dnsLabel = text(
  'a name of lower-case letters, digits and hyphens, 63 characters at most',
  (value) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(value),
);

/** A fully qualified domain name without a trailing dot. */
export const domainName = text(
  'a domain name such as "lab.example.org"',
  (value) => value.length <= 253 && /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(value),
);

export const ipAddress = text(
  'an IPv4 address such as "192.168.1.10"',
  (value) => parseIp(value) !== undefined,
);

export const ipNetwork = text(
  'an IPv4 network with no host bits set, such as "192.168.1.0/24"',
  (value) => parseCidr(value) !== undefined,
);

export const ipRange = text(
  'an IPv4 range such as "192.168.1.160-192.168.1.179", "192.168.1.160-179" or one address',
  (value) => parseRange(value) !== undefined,
);

export const byteSize = text('a size such as "256GB" or "1TB"', (value) => parseBytes(value) !== undefined);

export const version = text('a version such as "1.36.3"', (value) => /^\d+\.\d+\.\d+$/.test(value));

export const gitUrl = text('an https:// or ssh:// Git URL without credentials in it', (value) =>
  /^(https:\/\/[^@/\s]+|ssh:\/\/(git@)?[^@/\s]+)\/\S+$/.test(value),
);

/** A time table as cron writes it. */
export const cron = text('five fields of cron such as "0 2 * * *"', (value) => /^(\S+ ){4}\S+$/.test(value));
export const email = text('an e-mail address', (value) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value));

/** One of a closed list, with the nearest one suggested. */
export function oneOf<const T extends string>(values: readonly T[]): z.ZodType<T, T> {
  return z.enum(values, {
    error: (issue) => {
      const guess = typeof issue.input === 'string' ? nearest(issue.input, values) : undefined;
      const hint = guess === undefined ? '' : `, did you mean "${guess}"?`;
      return `${JSON.stringify(issue.input)} is not one of ${values.join(', ')}${hint}`;
    },
  });
}
