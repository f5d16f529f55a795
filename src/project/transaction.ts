import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { exists } from '../util/index.ts';

/**
 * A change of many files as one step. Everything new is written to a staging folder with a journal; renaming
 * that folder to COMMITTED is the moment it happens. A process that dies before leaves the old files, one that
 * dies after leaves a journal that the next run plays to its end before anything else is read.
 */
const STAGING = '.homeplane.staging-';
const COMMITTED = '.homeplane.committed';
const JOURNAL = 'journal.json';

const JournalSchema = z.object({ write: z.array(z.string()), remove: z.array(z.string()) });
type Journal = z.output<typeof JournalSchema>;

/** Writes the new files beside the old ones; nothing has changed yet. */
export async function stage(
  folder: string,
  files: ReadonlyMap<string, string>,
  remove: readonly string[],
): Promise<string> {
  const staging = join(folder, STAGING + randomBytes(6).toString('hex'));
  await mkdir(staging);
  const journal: Journal = { write: [...files.keys()], remove: [...remove] };
  // Numbered, so that staging needs no folders of its own.
  await Promise.all(
    [...files.values()].map((content, index) => writeFile(join(staging, String(index)), content)),
  );
  await writeFile(join(staging, JOURNAL), JSON.stringify(journal), { flush: true });
  await syncFolder(staging);
  return staging;
}

/** Makes a staged change the truth. */
export async function commit(folder: string, staging: string): Promise<void> {
  await rename(staging, join(folder, COMMITTED));
  await syncFolder(folder);
  await play(folder);
}

/** Finishes what a killed run had committed, and throws away what it had only staged. */
export async function recover(folder: string): Promise<void> {
  if (await exists(join(folder, COMMITTED))) await play(folder);
  for (const name of await readdir(folder))
    if (name.startsWith(STAGING)) await rm(join(folder, name), { recursive: true, force: true });
}

/** Moves each file into place; can be interrupted and played again at any point. */
async function play(folder: string): Promise<void> {
  const committed = join(folder, COMMITTED);
  const text = await readFile(join(committed, JOURNAL), 'utf8').catch(() => undefined);
  if (text === undefined) return rm(committed, { recursive: true, force: true });
  const { write, remove } = JournalSchema.parse(JSON.parse(text));
  for (const path of new Set(write.map((path) => dirname(join(folder, path)))))
    await mkdir(path, { recursive: true });
  for (const [index, path] of write.entries()) await move(join(committed, String(index)), join(folder, path));
  for (const path of remove) await removeWithEmptyFolders(folder, path);
  // The journal goes last: without it there is nothing left to play.
  await rm(join(committed, JOURNAL));
  await rm(committed, { recursive: true, force: true });
}

async function move(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: NodeJS.ErrnoException) => {
    // Moved by the run that was interrupted.
    if (error.code !== 'ENOENT') throw error;
  });
}

async function removeWithEmptyFolders(folder: string, path: string): Promise<void> {
  await rm(join(folder, path), { force: true });
  for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) {
    const emptied = await rmdir(join(folder, parent)).then(
      () => true,
      () => false,
    );
    if (!emptied) return;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
