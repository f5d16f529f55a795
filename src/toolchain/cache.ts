import { readdirSync, readFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readJson, sha256, sha256File, writeFileAtomic } from '../util/index.ts';
import type { Program, ProgramName } from './programs.ts';
import type { Resolved } from './source.ts';

const RecordSchema = z.object({
  name: z.string(),
  version: z.string(),
  /** Path in the entry -> SHA-256, of the program and of its assets. */
  files: z.record(z.string(), z.string()),
});
const RECORD = 'record.json';
const BINARY = 'program';
const ASSETS = 'assets';

/** `$HOMEPLANE_CACHE`, else `homeplane` in the user's cache folder. */
export function cacheFolder(): string {
  const { HOMEPLANE_CACHE: own, XDG_CACHE_HOME: xdg } = process.env;
  if (own !== undefined && own !== '') return own;
  if (xdg !== undefined && xdg !== '') return join(xdg, 'homeplane');
  return platform() === 'darwin'
    ? join(homedir(), 'Library/Caches/homeplane')
    : join(homedir(), '.cache/homeplane');
}

/** Folder of the Go module that pins a program; part of the package. */
export function moduleFolder(program: Program): string {
  return fileURLToPath(new URL(`../../toolchain/${program.module}`, import.meta.url));
}

/** Folder of a program in the cache. Its name changes with everything that the program is made of. */
export function entryFolder(cache: string, program: Program & { readonly name: ProgramName }): string {
  const folder = moduleFolder(program);
  const pins = readdirSync(folder)
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  const recipe = sha256(
    JSON.stringify([pins, program.package, program.ldflags ?? [], program.assets ?? [], program.edits ?? []]),
  );
  const { platform: os, arch } = process;
  return join(cache, 'programs', `${program.name}-${program.version}-${os}-${arch}-${recipe.slice(0, 12)}`);
}

/** Writes the record of a folder that is about to become an entry. */
export async function recordEntry(
  folder: string,
  program: Program & { readonly name: ProgramName },
): Promise<void> {
  const files = await filesBelow(folder);
  const sums = await Promise.all(
    files.map(async (file) => [file, await sha256File(join(folder, file))] as const),
  );
  const record = { name: program.name, version: program.version, files: Object.fromEntries(sums) };
  await writeFileAtomic(join(folder, RECORD), JSON.stringify(record, null, 1));
}

/**
 * An entry of the cache, checked byte by byte against its record.
 * @param mismatch Called with the file that is not what was recorded; the entry is then removed.
 */
export async function readEntry(
  folder: string,
  name: ProgramName,
  from: Resolved['from'],
  mismatch: (file: string) => void,
): Promise<Resolved | undefined> {
  const record = RecordSchema.safeParse(await readJson(join(folder, RECORD)));
  if (!record.success) return undefined;
  const { files, version } = record.data;
  const sums = await Promise.all(
    Object.entries(files).map(async ([file, sum]) => ({
      file,
      sound: (await sha256File(join(folder, file)).catch(() => undefined)) === sum,
    })),
  );
  const wrong = sums.find(({ sound }) => !sound);
  if (wrong !== undefined || files[BINARY] === undefined) {
    mismatch(wrong?.file ?? BINARY);
    await rm(folder, { recursive: true, force: true });
    return undefined;
  }
  const file = join(folder, BINARY);
  const { size } = await stat(file);
  const assets = Object.keys(files).some((path) => path.startsWith(`${ASSETS}/`))
    ? join(folder, ASSETS)
    : undefined;
  return { name, version, from, file, assets, sizeBytes: size };
}

/** Where a build leaves what becomes an entry. */
export function entryParts(folder: string): { binary: string; assets: string } {
  return { binary: join(folder, BINARY), assets: join(folder, ASSETS) };
}

/** Bytes of all programs in the cache. */
export async function cacheSize(cache: string): Promise<number> {
  const files = await filesBelow(cache);
  const sizes = await Promise.all(
    files.map((file) =>
      stat(join(cache, file)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}
