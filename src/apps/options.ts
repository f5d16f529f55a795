import validRange from 'semver/ranges/valid.js';
import { z } from 'zod';
import { cron, dnsLabel, strict } from '../model/index.ts';
import { SecretRefSchema } from './secret.ts';

const quantity = z.string().regex(/^\d+(\.\d+)?(m|[KMGT]i?)?$/, 'a quantity such as "100m" or "256Mi"');
const path = z.string().regex(/^\/[^\s]*$/, 'an absolute path');
const port = z.number().int().min(1).max(65_535);

const Storage = z.strictObject({
  /** Size, such as `20Gi`. */
  size: quantity,
  /** Default `standard`; databases want `fast`. */
  class: z.enum(['fast', 'standard', 'backup']).default('standard'),
  /** Whether it is copied to the backup target with the others. Default true. */
  backup: z.boolean().default(true),
});

/** What one container is: the app itself, or a part of it such as its database. */
const container = {
  /** Image with a version or digest; `latest` is refused, because nobody can promote or roll it back. */
  image: z
    .string()
    .regex(/^[^\s:]+(:\d+)?(\/[^\s:@]+)*(:[\w][\w.-]*)?(@sha256:[0-9a-f]{64})?$/, 'an image with a version')
    .refine(
      (image) => /(:(?!latest$)[\w][\w.-]*|@sha256:[0-9a-f]{64})$/.test(image),
      'an image with a version that is not "latest"',
    ),
  /** Newer tags that Flux may take by itself where its image automation is on, such as `^1.34.0`. Default none. */
  updates: z
    .string()
    .refine((range) => validRange(range) !== null, 'a range of versions such as "^1.34.0"')
    .optional(),
  /** Architectures that the image is published for. Default both. */
  arch: z
    .array(z.enum(['arm64', 'amd64']))
    .min(1)
    .default(['arm64', 'amd64']),
  /** Port it listens at. */
  port: port.optional(),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  /** Environment: texts, or `secret('key')`. */
  env: z.record(z.string().regex(/^[A-Za-z_]\w*$/), z.union([z.string(), SecretRefSchema])).default({}),
  /** Volumes by where they are mounted. */
  storage: z.record(path, Storage).default({}),
  /** Folders that it writes to and that may be lost, besides `/tmp`. */
  scratch: z.array(path).default([]),
  /** What it usually needs. */
  requests: z.strictObject({ cpu: quantity, memory: quantity }),
  /** What it may use at most. Default: ten times the CPU and twice the memory that it usually needs. */
  limits: z.strictObject({ cpu: quantity, memory: quantity }).optional(),
  /** HTTP path that answers when it is well. Default: that its port can be connected to. */
  health: path.optional(),
  /** User id that it runs as. Default 1000. */
  user: z.number().int().min(1).default(1_000),
  /** Why it must be root, for images that cannot run otherwise; its namespace is `baseline` then. */
  root: z.string().min(10, 'a reason').optional(),
} as const;

const Part = z.strictObject(container);
export type Container = z.output<typeof Part>;

const Fields = strict({
  ...container,
  /** First label of its address, `https://HOST.DOMAIN`. Default: it has none. */
  host: dnsLabel.optional(),
  /** Whether it is reached from outside too, by a public DNS record. Default false: the LAN only. */
  public: z.boolean().default(false),
  /** Puts a login in front of it, for apps that have none. Default false. */
  login: z.boolean().default(false),
  /** Copies of it. Default 1; with storage only 1 is possible. */
  replicas: z.number().int().min(1).default(1),
  /** Runs at these times and ends, instead of always. */
  schedule: cron.optional(),
  /** Other containers of the app, in pods of their own: a database, a cache. */
  parts: z.record(dnsLabel, Part).default({}),
  /** Whether it talks to the Internet, and at which ports. Default: it does not. */
  internet: z.union([z.boolean(), z.array(port).min(1)]).default(false),
  /** Apps or components that it talks to, by namespace. */
  talksTo: z.array(z.strictObject({ namespace: dnsLabel, port })).default([]),
  /** Where its metrics are. Default: it has none. */
  metrics: z.strictObject({ port }).optional(),
  /** Percent of its requests over 30 days without a server error. Default: nothing is promised. */
  availability: z.number().min(50).lt(100).optional(),
});

/** Options of {@link app}. */
export const AppSchema = Fields.check(({ value, issues }) => {
  for (const [key, message] of contradictions(value))
    issues.push({ code: 'custom', input: value, path: [key], message });
});
export type AppOptions = z.output<typeof AppSchema>;
export type AppInput = z.input<typeof AppSchema>;

/** What each option allows by itself and not together with another. */
function contradictions(options: z.output<typeof Fields>): [keyof typeof options, string][] {
  const { replicas, storage, host, port, schedule, availability } = options;
  const found: [keyof typeof options, string][] = [];
  if (replicas > 1 && Object.keys(storage).length > 0)
    found.push([
      'replicas',
      'with storage there is one copy: each would have volumes of its own, with other data',
    ]);
  if (host !== undefined && port === undefined) found.push(['host', 'needs `port`: where does it listen?']);
  if (schedule !== undefined && host !== undefined)
    found.push(['schedule', 'what ends after a while cannot be reached at `host`']);
  if (availability !== undefined && host === undefined)
    found.push(['availability', 'is measured at the ingress: it needs `host`']);
  if (options.public && host === undefined) found.push(['public', 'needs `host`: the name to be reached by']);
  return found;
}
