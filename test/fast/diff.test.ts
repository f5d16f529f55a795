import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect, it } from 'vitest';

const MAIN = new URL('../../dist/cli/main.js', import.meta.url).pathname;
let folder: string;

async function homeplane(...args: string[]) {
  const { exitCode, stdout, stderr } = await execa('node', [MAIN, ...args], {
    cwd: folder,
    reject: false,
    stdin: 'ignore',
    env: { NO_COLOR: '1', LC_ALL: 'C' },
  });
  return { exitCode, stdout, stderr };
}

async function git(...args: string[]) {
  await execa('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.org', ...args], { cwd: folder });
}

async function edit(from: string, to: string) {
  const file = join(folder, 'homelab.ts');
  const text = await readFile(file, 'utf8');
  expect(text).toContain(from);
  await writeFile(file, text.replace(from, to));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeplane-diff-'));
  await homeplane('init', '.', '--yes');
  await git('init', '--initial-branch', 'main');
  await git('add', '--all');
  await git('commit', '--message', 'first');
});

it('says that nothing changes, and leaves nothing behind', async () => {
  expect(await homeplane('diff', '--no-render', '--exit-code')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('not known') as string,
  });
  expect((await readdir(join(folder, '.homeplane'))).filter((name) => name.startsWith('ref-'))).toEqual([]);
});

it('says what an edit does to the cluster', async () => {
  await edit('traefik()', "traefik({ podSecurity: 'privileged' })");
  const { exitCode, stdout } = await homeplane('diff', 'main', '--no-render', '--exit-code', '--json');
  expect(exitCode).toBe(1);
  const { clusters } = JSON.parse(stdout) as {
    clusters: { changes: { object: string; fields: { path: string; after: unknown }[] }[] }[];
  };
  const namespace = clusters
    .flatMap(({ changes }) => changes)
    .find(({ object }) => object === 'Namespace/traefik');
  expect(namespace?.fields).toContainEqual(
    expect.objectContaining({
      path: 'metadata.labels.pod-security.kubernetes.io/enforce',
      after: 'privileged',
    }),
  );
});

it('names a ref that Git does not know, and what to write', async () => {
  const { exitCode, stderr } = await homeplane('diff', 'mian');
  expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: expect.stringContaining('HP1007') as string });
  expect((await homeplane('diff', '--', '--upload-pack=x')).stderr).toContain('HP1007');
});
