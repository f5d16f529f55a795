import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '../../util/index.ts';
import type { Edit } from '../programs.ts';

/** Runs Go in the program's module. @returns what it printed. */
export type Go = (args: string[], onLine?: (line: string) => void) => Promise<string>;

/** Folder of a Go module's sources. */
export async function moduleSources(go: Go, module: string): Promise<string> {
  return (await go(['list', '-mod=mod', '-m', '-f', '{{.Dir}}', module])).trim();
}

/**
 * Writes edited copies of source files and the file that tells Go to build with them (`go help build`, -overlay).
 * The modules themselves, whose checksums Go verifies, stay as they are.
 * @returns path of the overlay file.
 */
export async function writeOverlay(edits: readonly Edit[], work: string, go: Go): Promise<string> {
  const replace: Record<string, string> = {};
  for (const { module, path, from, to } of edits) {
    const original = join(await moduleSources(go, module), path);
    const copy = replace[original] ?? join(work, 'overlay', path);
    const text = await readFile(replace[original] ?? original, 'utf8');
    if (text.split(from).length !== 2)
      throw new Fault('HP1202', `${path} of ${module} does not hold ${from} once`);
    await mkdir(dirname(copy), { recursive: true });
    await writeFile(copy, text.replace(from, to));
    replace[original] = copy;
  }
  const file = join(work, 'overlay.json');
  await writeFile(file, JSON.stringify({ Replace: replace }));
  return file;
}
