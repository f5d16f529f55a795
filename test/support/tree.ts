import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compile } from '../../src/compile/index.ts';
import type { Homelab } from '../../src/model/index.ts';

/** Writes a homelab's compiled tree to a new folder. */
export async function writeTree(homelab: Homelab): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'homeplane-tree-'));
  for (const [path, content] of compile(homelab)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}
