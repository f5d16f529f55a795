import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tree } from '../compile/index.ts';
import { acquireLock, Fault, sha256 } from '../util/index.ts';
import { formatManifest, MANIFEST, type Manifest, readManifest } from './manifest.ts';
import { commit, recover, stage } from './transaction.ts';

/** What a build did to a folder. */
export interface BuildResult {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

/**
 * Writes a tree into a folder: all of it or, when interrupted, none of it. Files that homeplane did not write
 * are left alone; files that it wrote and that are no longer in the tree are removed.
 * @throws Fault HP1101 when a file it wrote was edited by hand, HP1102 when somebody else's file is in the way
 * (both name every such file and write nothing), HP1103 when another homeplane is writing there.
 */
export async function writeTree(
  folder: string,
  tree: Tree,
  options?: { force?: boolean },
): Promise<BuildResult> {
  await mkdir(folder, { recursive: true });
  const lock = await acquireLock(join(folder, '.homeplane.lock'), () => false);
  if (lock === undefined) throw new Fault('HP1103', folder);
  try {
    await recover(folder);
    const before = await readManifest(folder);
    const after: Manifest = new Map([...tree].map(([path, content]) => [path, sha256(content)]));
    const present = await presentHashes(folder, [...before.keys(), ...after.keys()]);
    if (options?.force !== true) refuseForeign(before, after, present);
    const written = [...after].filter(([path, hash]) => present.get(path) !== hash).map(([path]) => path);
    const removed = [...before.keys()].filter((path) => !after.has(path) && present.has(path));
    const manifest = formatManifest(after);
    if (written.length > 0 || removed.length > 0 || manifest !== formatManifest(before)) {
      const files = new Map(written.map((path) => [path, tree.get(path) ?? '']));
      await commit(folder, await stage(folder, files.set(MANIFEST, manifest), removed));
    }
    return { written, removed, unchanged: tree.size - written.length };
  } finally {
    await lock.release();
  }
}

async function presentHashes(folder: string, paths: readonly string[]): Promise<Map<string, string>> {
  const hashes = await Promise.all(
    [...new Set(paths)].map(async (path) => {
      const content = await readFile(join(folder, path)).catch(() => undefined);
      return content === undefined ? [] : [[path, sha256(content)] as const];
    }),
  );
  return new Map(hashes.flat());
}

function refuseForeign(before: Manifest, after: Manifest, present: ReadonlyMap<string, string>): void {
  const edited: string[] = [];
  const foreign: string[] = [];
  for (const [path, hash] of present) {
    if (hash === after.get(path) || hash === before.get(path)) continue;
    (before.has(path) ? edited : foreign).push(path);
  }
  if (edited.length > 0) throw new Fault('HP1101', list(edited));
  if (foreign.length > 0) throw new Fault('HP1102', list(foreign));
}

function list(paths: readonly string[]): string {
  return paths.toSorted().join(', ');
}
