import { randomBytes } from 'node:crypto';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Held until released, or until the process that holds it is gone. */
export interface Lock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  /** The lock file's whole content, which no other holder ever writes. */
  readonly content: string;
}

const POLL_MS = 200;
/** Creating a file and writing a line into it takes no longer, nor does a takeover. */
const HALF_DONE_MS = 5_000;

/**
 * Takes an exclusive lock by creating a file. A lock whose process is gone (kill -9) is taken over.
 * @param wait What to call while somebody else holds it; returning false gives up.
 * @returns undefined when given up.
 */
export async function acquireLock(
  file: string,
  wait: (holderPid: number) => boolean,
): Promise<Lock | undefined> {
  const content = `${process.pid} ${randomBytes(8).toString('hex')}\n`;
  for (;;) {
    if (await createWith(file, content)) return { release: () => removeIf(file, content) };
    const holder = await readHolder(file);
    if (holder === undefined) continue;
    if (isAlive(holder.pid)) {
      if (!wait(holder.pid)) return undefined;
      await sleep(POLL_MS);
    } else {
      await removeDead(file, holder.content);
    }
  }
}

/** The process that holds a lock; undefined when nobody living does. */
export async function lockHolder(file: string): Promise<number | undefined> {
  const holder = await readHolder(file);
  return holder !== undefined && isAlive(holder.pid) ? holder.pid : undefined;
}

/**
 * Removes a dead holder's lock. Several waiters may have seen the same dead holder; the marker makes sure that
 * only one of them removes it, and never the lock of somebody who came after.
 */
async function removeDead(file: string, content: string): Promise<void> {
  const marker = `${file}.takeover`;
  if (await createWith(marker, content)) {
    await removeIf(file, content);
    await rm(marker, { force: true });
    return;
  }
  const age = await ageOf(marker);
  // Somebody was killed in the middle of a takeover.
  if (age !== undefined && age > HALF_DONE_MS) await rm(marker, { force: true });
  await sleep(20);
}

async function createWith(file: string, content: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(content);
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function removeIf(file: string, content: string): Promise<void> {
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present === content) await rm(file, { force: true });
}

/** undefined when there is no lock, or when it is just being written. */
async function readHolder(file: string): Promise<Holder | undefined> {
  const content = await readFile(file, 'utf8').catch(() => undefined);
  if (content === undefined) return undefined;
  if (content.endsWith('\n')) return { pid: Number.parseInt(content, 10), content };
  // The file is created before its content is in it; one that stays empty belongs to nobody.
  const age = await ageOf(file);
  if (age !== undefined && age > HALF_DONE_MS) return { pid: 0, content };
  await sleep(20);
  return undefined;
}

async function ageOf(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => undefined,
  );
}

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
