import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Fault, writeFileAtomic } from '../util/index.ts';

/** Name of the lock, beside the definition; it belongs into Git. */
export const LOCK_FILE = 'homeplane.lock.json';

const ObjectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});

const ReleaseSchema = z.object({
  chart: z.string(),
  version: z.string(),
  /** SHA-256 of the packaged chart that was rendered. */
  digest: z.string(),
  /** SHA-256 of the values that it was rendered with. */
  values: z.string(),
  objects: z.array(ObjectSchema),
});

const LockSchema = z.object({
  version: z.literal(1),
  /** Cluster -> release -> facts, because the values of a release differ from cluster to cluster. */
  clusters: z.record(z.string(), z.record(z.string(), ReleaseSchema)),
});

export type Lock = z.output<typeof LockSchema>;
export type LockedRelease = z.output<typeof ReleaseSchema>;

export const EMPTY_LOCK: Lock = { version: 1, clusters: {} };

/** The lock, or undefined when there is none. @throws Fault HP1501 when it cannot be read as one. */
export async function readLock(file: string): Promise<Lock | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return LockSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Fault('HP1501', file, { cause: error });
  }
}

export async function writeLock(file: string, lock: Lock): Promise<void> {
  await writeFileAtomic(file, `${JSON.stringify(lock, null, 1)}\n`);
}
