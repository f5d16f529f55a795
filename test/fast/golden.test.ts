import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { compile, planHomelab } from '../../src/compile/index.ts';
import { docsPages } from '../../src/docs/index.ts';
import { LOCK_FILE, readLock, renderedBy, staleReleases } from '../../src/lock/index.ts';
import { loadDefinition } from '../../src/project/index.ts';
import { readManifest } from '../../src/project/manifest.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const HOMELAB = join(ROOT, 'homelab');

async function load(definition: string) {
  const { homelab, findings, lock } = await loadDefinition(join(ROOT, definition));
  expect(findings).toEqual([]);
  if (homelab === undefined) throw new Error('no homelab');
  return { homelab, lock };
}

async function compiled(definition: string) {
  return compile((await load(definition)).homelab);
}

it('the reference homelab under homelab/ is what its definition compiles to: run `npm run homelab`', async () => {
  const { homelab, lock } = await load('homelab/homelab.ts');
  const tree = new Map([...compile(homelab), ...docsPages(homelab, renderedBy(lock))]);
  expect([...(await readManifest(HOMELAB)).keys()].toSorted()).toEqual([...tree.keys()].toSorted());
  for (const [path, content] of tree) expect(await readFile(join(HOMELAB, path), 'utf8'), path).toBe(content);
});

it.each(['homelab', 'examples/three-pi'])(
  'the lock of %s knows every release: run `homeplane lock`',
  async (folder) => {
    const { homelab } = await loadDefinition(join(ROOT, folder, 'homelab.ts'));
    const lock = await readLock(join(ROOT, folder, LOCK_FILE));
    if (homelab === undefined || lock === undefined) throw new Error('no homelab or no lock');
    expect(planHomelab(homelab).flatMap((plan) => staleReleases(plan, lock))).toEqual([]);
  },
);

it('the same definition gives the same bytes, whatever the time zone, locale and folder', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'homeplane-golden-'));
  await writeFile(join(elsewhere, 'homelab.ts'), await readFile(join(HOMELAB, 'homelab.ts')));
  const env = { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
  await execa('node', [join(ROOT, 'dist/cli/main.js'), 'build', '--out', 'tree'], { cwd: elsewhere, env });
  for (const [path, content] of await compiled('homelab/homelab.ts'))
    expect(await readFile(join(elsewhere, 'tree', path), 'utf8'), path).toBe(content);
});

it('the examples have no findings', async () => {
  expect((await compiled('examples/three-pi/homelab.ts')).size).toBeGreaterThan(30);
});
