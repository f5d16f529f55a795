import { open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Held until released; a holder that died is noticed at once by its process id, or by a silent heartbeat. */
export interface Lock {
  release(): Promise<void>;
}

const HEARTBEAT_MS = 2_000;
const STALE_MS = 30_000;

/**
 * Takes an exclusive lock by creating a file. A lock whose process is gone (kill -9) is taken over.
 * @param wait What to call while somebody else holds it; returning false gives up.
 * @returns undefined when given up.
 */
export async function acquireLock(
  file: string,
  wait: (holderPid: number) => boolean,
): Promise<Lock | undefined> {
  for (;;) {
    const lock = await tryCreate(file);
    if (lock !== undefined) return lock;
    const holder = await holderOf(file);
    if (holder === undefined) {
      await rm(file, { force: true });
      continue;
    }
    if (!wait(holder)) return undefined;
    await sleep(200);
  }
}

async function tryCreate(file: string): Promise<Lock | undefined> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(String(process.pid));
    await handle.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  beat.unref();
  return {
    async release(): Promise<void> {
      clearInterval(beat);
      await rm(file, { force: true });
    },
  };
}

/** The living holder's process id; undefined when the lock is stale or gone. */
async function holderOf(file: string): Promise<number | undefined> {
  try {
    const { mtimeMs } = await stat(file);
    const age = Date.now() - mtimeMs;
    const pid = Number(await readFile(file, 'utf8'));
    // The file is created before the id is in it: a fresh empty one belongs to somebody who is just writing.
    if (!Number.isInteger(pid) || pid <= 0) return age < 1_000 ? 0 : undefined;
    return age < STALE_MS && isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
