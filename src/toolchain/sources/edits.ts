import { chmod, cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../util/index.ts';
import type { Edit } from '../programs.ts';

/** Runs Go in the program's module. @returns what it printed. */
export type Go = (args: string[], onLine?: (line: string) => void) => Promise<string>;

const DownloadSchema = z.object({ Dir: z.string() });

/** Folder of a Go module's sources, downloaded first where they are not there yet. */
export async function moduleSources(go: Go, module: string): Promise<string> {
  return DownloadSchema.parse(JSON.parse(await go(['mod', 'download', '-json', module]))).Dir;
}

/**
 * Makes the build use edited copies of the modules that are to be edited. The copies are made from Go's module
 * cache, whose checksums Go has verified.
 */
export async function applyEdits(edits: readonly Edit[], work: string, go: Go): Promise<void> {
  const modules = [...new Set(edits.map(({ module }) => module))];
  for (const [index, module] of modules.entries()) {
    const copy = join(work, `edited-${index}`);
    await cp(await moduleSources(go, module), copy, { recursive: true });
    await makeWritable(copy);
    for (const edit of edits.filter((candidate) => candidate.module === module)) await applyEdit(edit, copy);
    await go(['mod', 'edit', `-replace=${module}=${copy}`]);
  }
}

async function applyEdit({ module, path, from, to }: Edit, folder: string): Promise<void> {
  const file = join(folder, path);
  const text = await readFile(file, 'utf8');
  if (text.split(from).length !== 2)
    throw new Fault('HP1202', `${path} of ${module} does not hold ${from} once`);
  await writeFile(file, text.replace(from, to));
}

/** Go's module cache is read-only, and so is what is copied from it. */
async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await makeWritable(path);
    else await chmod(path, 0o644);
  }
}
