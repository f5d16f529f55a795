import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFile,
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProcessKeeper } from '../process/index.ts';
import { type Event, Stream } from '../util/index.ts';
import { listPrograms, Toolchain } from './index.ts';

const SUPPORT = new URL('../../test/support/', import.meta.url).pathname;

let cache: string;
let bin: string;
let builds: string;
let keeper: ProcessKeeper;
let events: Stream<Event>;
let seen: Event[];

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'homeplane-toolchain-'));
  cache = join(folder, 'cache');
  bin = join(folder, 'bin');
  builds = join(folder, 'builds.log');
  await mkdir(bin);
  await writeFile(builds, '');
  // PATH holds node and, where a test wants it, a stand-in for Go: no program of this machine gets in the way.
  await symlink(process.execPath, join(bin, 'node'));
  vi.stubEnv('PATH', `${bin}:/usr/bin:/bin`);
  vi.stubEnv('FAKE_GO_LOG', builds);
  keeper = new ProcessKeeper();
  events = new Stream();
  seen = [];
  events.subscribe((event) => seen.push(event));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await keeper.close();
});

async function withGo(): Promise<void> {
  await copyFile(join(SUPPORT, 'fake-go'), join(bin, 'go'));
}

function toolchain(): Toolchain {
  return new Toolchain(keeper, events, { cache });
}

async function buildCount(): Promise<number> {
  return (await readFile(builds, 'utf8')).split('\n').length - 1;
}

async function entries(): Promise<string[]> {
  return readdir(join(cache, 'programs'));
}

describe('the table', () => {
  it('has for each program a module that pins it', async () => {
    for (const { module, package: path, version } of listPrograms()) {
      const folder = new URL(`../../toolchain/${module}/`, import.meta.url);
      const pins = await readFile(new URL('go.mod', folder), 'utf8');
      expect(pins, path).toContain(`v${version}`);
      // A program of our own lies in the folder itself.
      if (path.startsWith('homeplane.dev/')) expect(pins).toContain(`module ${path}\n`);
      else expect(await readFile(new URL('tools.go', folder), 'utf8')).toContain(`"${path}"`);
    }
  });
});

describe('a program', () => {
  it('is built once, with its assets, and then comes from the cache', async () => {
    await withGo();
    const built = await toolchain().resolve('source-controller');
    expect(built).toMatchObject({ from: 'build', version: '1.9.6' });
    expect((await execa(built.file)).stdout).toBe('built');
    expect(await readdir(join(built.assets ?? '', 'config/crd/bases'))).toEqual(['kind.yaml']);
    expect(await toolchain().resolve('source-controller')).toMatchObject({ from: 'cache', file: built.file });
    expect(await buildCount()).toBe(1);
    expect(await entries()).toEqual([expect.stringMatching(/^source-controller-1\.9\.6-/)]);
    expect(seen.map(({ type }) => type)).toEqual(expect.arrayContaining(['started', 'progress', 'finished']));
  });

  it('is got anew when the one in the cache was changed, assets included', async () => {
    await withGo();
    const built = await toolchain().resolve('source-controller');
    await chmod(built.file, 0o755);
    await appendFile(built.file, 'echo evil\n');
    const again = await toolchain().resolve('source-controller');
    expect((await execa(again.file)).stdout).toBe('built');
    await appendFile(join(again.assets ?? '', 'config/crd/bases/kind.yaml'), 'evil: true\n');
    const third = await toolchain().resolve('source-controller');
    expect(await readFile(join(third.assets ?? '', 'config/crd/bases/kind.yaml'), 'utf8')).not.toContain(
      'evil',
    );
    expect(await buildCount()).toBe(3);
    expect(seen).toContainEqual(
      expect.objectContaining({
        type: 'log',
        level: 'warning',
        message: expect.stringContaining('is not what was recorded') as string,
      }),
    );
  });

  it('is taken from PATH only in the very version that is wanted', async () => {
    const helm = join(bin, 'helm');
    await writeFile(helm, '#!/bin/sh\necho v4.3.0+g1234\n', { mode: 0o755 });
    expect(await toolchain().find('helm')).toBeUndefined();
    await writeFile(helm, '#!/bin/sh\necho v4.3.1+g1234\n');
    expect(await toolchain().find('helm')).toMatchObject({ from: 'path', file: helm });
  });

  it('cannot be had without Go, which is said with the three ways to get it', async () => {
    const tools = toolchain();
    const [fault] = await Promise.all(
      (['etcd', 'kwok'] as const).map((name) =>
        tools.resolve(name).then(
          () => undefined,
          (error: unknown) => error,
        ),
      ),
    );
    expect(fault).toMatchObject({
      code: 'HP1201',
      message: expect.stringContaining('etcd 3.6.5, kwok 0.8.0: not on PATH') as string,
    });
    const { remedy } = fault as { remedy: string };
    for (const way of ['install Go', 'on PATH', 'copy the program cache']) expect(remedy).toContain(way);
  });

  it('that does not compile leaves nothing behind but its log', async () => {
    await withGo();
    vi.stubEnv('FAKE_GO_FAILS', '1');
    const failure = toolchain().resolve('helm');
    await expect(failure).rejects.toMatchObject({ code: 'HP1202' });
    expect(await entries()).toEqual([]);
    expect(await readFile(join(cache, 'logs/helm.log'), 'utf8')).toContain('undefined: everything');
    vi.stubEnv('FAKE_GO_FAILS', '');
    expect(await toolchain().resolve('helm')).toMatchObject({ from: 'build' });
  });
});

it('say at the start how long building them will take', async () => {
  await withGo();
  const tools = toolchain();
  tools.prepare(['helm', 'kubectl']);
  await Promise.all([tools.resolve('helm'), tools.resolve('kubectl')]);
  expect(seen).toContainEqual(
    expect.objectContaining({
      type: 'log',
      message: expect.stringMatching(/^2 programs to build first, about .*; they are kept$/) as string,
    }),
  );
});

it('are built in the order in which they are asked for', async () => {
  await withGo();
  const wanted = ['helm', 'source-controller', 'kubectl', 'kustomize-controller'] as const;
  const tools = toolchain();
  await Promise.all(wanted.map((name) => tools.resolve(name)));
  const order = seen.flatMap((event) => (event.type === 'started' ? [event.task] : []));
  expect(order).toEqual(wanted.map((name) => `build ${name}`));
});

describe('two homeplanes', () => {
  const start = () =>
    spawn('node', [join(SUPPORT, 'build-program.mjs'), cache, 'helm'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });

  it('that want the same program build it once', async () => {
    await withGo();
    vi.stubEnv('FAKE_GO_MS', '1500');
    const said = await Promise.all(
      [start(), start()].map(async (child) => {
        let text = '';
        child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
        await once(child, 'exit');
        return text.trim().split('\n').at(-1);
      }),
    );
    expect(new Set(said)).toEqual(new Set(['build', 'cache']));
    expect(await buildCount()).toBe(1);
  });

  it("do not stand in each other's way when one is killed in the middle of a build", async () => {
    await withGo();
    vi.stubEnv('FAKE_GO_MS', '20000');
    const killed = start();
    await vi.waitUntil(async () => (await buildCount()) === 1, { timeout: 10_000 });
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    vi.stubEnv('FAKE_GO_MS', '10');
    const built = await toolchain().resolve('helm');
    expect((await execa(built.file)).stdout).toBe('built');
    expect((await entries()).length).toBe(1);
  });
});
