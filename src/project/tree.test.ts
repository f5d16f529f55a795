import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../util/index.ts';
import { readManifest } from './manifest.ts';
import { writeTree } from './tree.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeplane-tree-'));
});

/** All files of a folder but homeplane's own, with their contents. */
async function contents(): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.homeplane'));
  const pairs = files.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const;
  });
  return Object.fromEntries(await Promise.all(pairs));
}

describe('writing a tree', () => {
  it('writes what is new, removes what it wrote and is gone, and leaves the rest alone', async () => {
    await writeFile(join(folder, 'homelab.ts'), 'mine');
    await writeTree(
      folder,
      new Map([
        ['a/b/c.yaml', '1'],
        ['d.yaml', '2'],
      ]),
    );
    const result = await writeTree(
      folder,
      new Map([
        ['d.yaml', '2'],
        ['e/f.yaml', '3'],
      ]),
    );
    expect(result).toEqual({ written: ['e/f.yaml'], removed: ['a/b/c.yaml'], unchanged: 1 });
    expect(await contents()).toEqual({ 'homelab.ts': 'mine', 'd.yaml': '2', 'e/f.yaml': '3' });
    expect(await readdir(folder)).not.toContain('a');
  });

  it('touches nothing when nothing changed', async () => {
    const tree = new Map([['a.yaml', '1']]);
    await writeTree(folder, tree);
    expect(await writeTree(folder, tree)).toEqual({ written: [], removed: [], unchanged: 1 });
  });

  it('refuses to overwrite files that were edited by hand, names them all and writes nothing', async () => {
    await writeTree(
      folder,
      new Map([
        ['a.yaml', '1'],
        ['b.yaml', '1'],
        ['c.yaml', '1'],
      ]),
    );
    await writeFile(join(folder, 'a.yaml'), 'edited');
    await writeFile(join(folder, 'b.yaml'), 'edited');
    const next = new Map([
      ['a.yaml', '2'],
      ['c.yaml', '2'],
    ]);
    await expect(writeTree(folder, next)).rejects.toMatchObject({
      code: 'HP1101',
      message: expect.stringContaining('a.yaml, b.yaml') as string,
    });
    expect(await contents()).toEqual({ 'a.yaml': 'edited', 'b.yaml': 'edited', 'c.yaml': '1' });
    await writeTree(folder, next, { force: true });
    expect(await contents()).toEqual({ 'a.yaml': '2', 'c.yaml': '2' });
  });

  it('takes an edit that the definition has caught up with', async () => {
    await writeTree(folder, new Map([['a.yaml', '1']]));
    await writeFile(join(folder, 'a.yaml'), '2');
    expect(await writeTree(folder, new Map([['a.yaml', '2']]))).toMatchObject({ written: [] });
    expect((await readManifest(folder)).get('a.yaml')).toBe(sha256('2'));
  });

  it('refuses to overwrite files of somebody else', async () => {
    await writeFile(join(folder, 'README.md'), 'mine');
    await expect(writeTree(folder, new Map([['README.md', 'ours']]))).rejects.toMatchObject({
      code: 'HP1102',
    });
    expect(await contents()).toEqual({ 'README.md': 'mine' });
  });

  it('does not wait for, nor disturb, another homeplane that writes there', async () => {
    await writeFile(join(folder, '.homeplane.lock'), `${process.pid} other\n`);
    await expect(writeTree(folder, new Map([['a.yaml', '1']]))).rejects.toMatchObject({ code: 'HP1103' });
  });

  it('never follows a manifest out of the folder', async () => {
    const outside = join(folder, '..', 'homeplane-outside.txt');
    await writeFile(outside, 'precious');
    const files = { '../homeplane-outside.txt': sha256('precious') };
    await writeFile(join(folder, '.homeplane.json'), JSON.stringify({ version: 1, files }));
    await writeTree(folder, new Map([['a.yaml', '1']]));
    expect(await readFile(outside, 'utf8')).toBe('precious');
    await rm(outside);
  });
});

describe('a writer that is killed', () => {
  it('at any moment leaves the old tree or the new one, never a mixture, for the next run', {
    timeout: 120_000,
  }, async () => {
    const script = new URL('../../test/support/build-loop.mjs', import.meta.url).pathname;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 120 }), async (delay) => {
        await rm(folder, { recursive: true, force: true });
        await mkdir(folder);
        const writer = spawn('node', [script, folder, '60'], { stdio: ['ignore', 'pipe', 'inherit'] });
        await once(writer.stdout, 'data');
        await sleep(delay);
        writer.kill('SIGKILL');
        await once(writer, 'exit');
        // The next run first puts in order what the killed one left.
        const manifest = await stateAfterRecovery();
        const found = await contents();
        const letters = new Set(Object.values(found).map((text) => text.trim()));
        expect(letters.size).toBe(1);
        expect(Object.keys(found).length).toBe(61);
        expect(Object.fromEntries(Object.entries(found).map(([path, text]) => [path, sha256(text)]))).toEqual(
          manifest,
        );
        expect((await readdir(folder)).filter((name) => /staging|committed|lock/.test(name))).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  /** A run that is refused recovers first and then changes nothing. */
  async function stateAfterRecovery(): Promise<Record<string, string>> {
    await writeFile(join(folder, 'foreign.yaml'), 'x');
    await expect(writeTree(folder, new Map([['foreign.yaml', 'y']]))).rejects.toMatchObject({
      code: 'HP1102',
    });
    await rm(join(folder, 'foreign.yaml'));
    return Object.fromEntries(await readManifest(folder));
  }
});
