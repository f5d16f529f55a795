import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { LOCK_FILE } from '../../src/lock/index.ts';
import { ProcessKeeper } from '../../src/process/index.ts';
import { type ProgramName, Toolchain } from '../../src/toolchain/index.ts';
import { Stream } from '../../src/util/index.ts';
import { isAlive } from '../support/alive.ts';

export const ROOT = new URL('../../', import.meta.url).pathname;
const MAIN = join(ROOT, 'dist/cli/main.js');

/** Real charts: a folder that the user named, else the one that is laid beside a developer's checkout. */
export const CHARTS = [process.env['HOMEPLANE_CHARTS'], join(ROOT, '../shared/charts')].find(
  (folder) => folder !== undefined && existsSync(folder),
);

if (CHARTS === undefined)
  process.stderr.write(
    'no packaged charts (HOMEPLANE_CHARTS, ../shared/charts): tests that need the real ones are skipped, the others use stand-ins\n',
  );

/** A proxy that nobody answers at: the upstream repositories cannot be reached from anywhere. */
export const NOWHERE = {
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1,localhost',
};

/** One event of `homeplane up --json`. */
export type UpLine = { type: string; cluster?: string } & Record<string, unknown>;

/**
 * A folder with a copy of a definition, to be edited and thrown away.
 * @param locked Whether its lock is copied too, so that stand-ins take the place of charts that cannot be had.
 */
export async function copyOf(definition: string, locked = true): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'homeplane-real-'));
  await cp(join(ROOT, definition), join(folder, 'homelab.ts'));
  if (locked) await cp(join(ROOT, dirname(definition), LOCK_FILE), join(folder, LOCK_FILE));
  return folder;
}

/** `homeplane up --json` in a folder, as a process of its own. */
export class Up {
  readonly events: UpLine[] = [];
  readonly exited: Promise<number | null>;
  readonly folder: string;
  stderr = '';
  readonly #child: ChildProcess;

  constructor(folder: string, args: readonly string[] = [], env: Record<string, string> = {}) {
    this.folder = folder;
    const charts = CHARTS === undefined ? {} : { HOMEPLANE_CHARTS: CHARTS };
    const child = spawn('node', [MAIN, 'up', '--json', ...args], {
      cwd: folder,
      env: { ...process.env, ...charts, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    createInterface({ input: child.stdout }).on('line', (line) =>
      this.events.push(JSON.parse(line) as UpLine),
    );
    child.stderr.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.exited = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  }

  /** The first event at or after an index that fits; fails with what is at fault when none comes. */
  async event(
    what: string,
    fits: (event: UpLine) => boolean,
    from = 0,
    timeoutMs = 200_000,
  ): Promise<UpLine> {
    for (const deadline = Date.now() + timeoutMs; ; await sleep(50)) {
      const found = this.events.slice(from).find(fits);
      if (found !== undefined) return found;
      if (Date.now() > deadline || this.#child.exitCode !== null) {
        const causes = this.events
          .filter(({ type }) => type === 'cause' || type === 'process-died')
          .slice(-8);
        throw new Error(
          `no event: ${what}\n${causes.map((event) => JSON.stringify(event)).join('\n')}\n${this.stderr}`,
        );
      }
    }
  }

  async ready(cluster: string, from = 0): Promise<void> {
    await this.event(
      `${cluster} is ready`,
      (event) => event.type === 'cluster' && event.cluster === cluster && event['ready'] === true,
      from,
    );
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Ids of the twin's processes that are alive. */
  async pids(): Promise<number[]> {
    const text = await readFile(join(this.folder, '.homeplane/pids.json'), 'utf8');
    return (JSON.parse(text) as { pid: number }[]).map(({ pid }) => pid).filter(isAlive);
  }
}

export async function untilGone(pids: readonly number[]): Promise<void> {
  for (const deadline = Date.now() + 15_000; pids.some(isAlive); await sleep(50))
    if (Date.now() > deadline) throw new Error(`still alive: ${pids.filter(isAlive).join(', ')}`);
}

const programs = new Map<ProgramName, Promise<string>>();

/** A program that the setup got. */
export function program(name: ProgramName): Promise<string> {
  const known = programs.get(name);
  if (known !== undefined) return known;
  const found = new Toolchain(new ProcessKeeper(), new Stream()).resolve(name).then(({ file }) => file);
  programs.set(name, found);
  return found;
}

/** The command line in a folder. */
export async function homeplane(folder: string, ...args: string[]) {
  const { exitCode, stdout, stderr } = await execa('node', [MAIN, ...args], {
    cwd: folder,
    reject: false,
    env: { NO_COLOR: '1' },
  });
  return { exitCode, stdout, stderr };
}

const kubeconfigs = new Map<string, string>();

/** The kubeconfig that homeplane says; asked once for each cluster, tests ask often. */
async function kubeconfigOf(folder: string, cluster: string): Promise<string> {
  const key = `${folder} ${cluster}`;
  const known = kubeconfigs.get(key);
  if (known !== undefined) return known;
  const { exitCode, stdout } = await homeplane(folder, 'kubeconfig', cluster, '--path');
  if (exitCode === 0) kubeconfigs.set(key, stdout);
  return stdout;
}

/** Runs kubectl against a cluster of the twin, with the kubeconfig that homeplane prints. */
export async function kubectl(folder: string, cluster: string, args: readonly string[], input?: string) {
  const kubeconfig = await kubeconfigOf(folder, cluster);
  const { exitCode, stdout, stderr } = await execa(
    await program('kubectl'),
    ['--kubeconfig', kubeconfig, ...args],
    {
      reject: false,
      ...(input === undefined ? {} : { input }),
    },
  );
  return { exitCode, stdout, stderr };
}
