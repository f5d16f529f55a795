import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** The last that runs on Python 3.11. */
const FLUX_LOCAL = 'flux-local==5.5.1';

type Row = (what: string, milliseconds: number, note?: string) => void;

/**
 * `--peers`: how long others take to build the reference homelab's tree, without charts, beside `check --tree`.
 * flux-local comes from PyPI into a virtual environment of its own; it wants `flux` and `kustomize` on PATH.
 */
export async function peers(main: string, homelab: string, row: Row): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'homeplane-peers-'));
  // As it lies in its repository: flux-local asks Git for the root.
  await cp(homelab, join(folder, 'homelab'), { recursive: true });
  const git = (...args: string[]) => execa('git', args, { cwd: folder });
  await git('init', '--quiet');
  await git('add', '--all');
  await git(
    '-c',
    'user.name=bench',
    '-c',
    'user.email=bench@example.org',
    'commit',
    '--quiet',
    '--message=tree',
  );
  const timed = async (program: string, args: readonly string[]) => {
    const since = performance.now();
    const { exitCode } = await execa(program, args, { cwd: folder, reject: false });
    return { time: performance.now() - since, exitCode };
  };
  const own = await timed('node', [main, 'check', '--tree', folder, '--json']);
  row('check --tree: two clusters, no charts', own.time);
  const tools = await Promise.all(['flux', 'kustomize', 'kubeconform'].map((name) => onPath(name)));
  if (tools[0] && tools[1]) {
    const python = join(folder, 'venv');
    await execa('python3', ['-m', 'venv', python]);
    await execa(join(python, 'bin/pip'), ['install', '--quiet', FLUX_LOCAL]);
    let sum = 0;
    for (const cluster of ['production', 'staging'])
      sum += (await timed(join(python, 'bin/flux-local'), ['build', `homelab/clusters/${cluster}`])).time;
    row(`${FLUX_LOCAL} build: the same, no rules`, sum, `${(sum / own.time).toFixed(1)} x check --tree`);
  } else console.log('flux-local: not compared, it needs flux and kustomize on PATH');
  if (tools[2]) {
    const args = ['-strict', '-ignore-missing-schemas', '-summary', 'homelab/clusters'];
    const { time, exitCode } = await timed('kubeconform', args);
    row(
      'kubeconform: files as they are',
      time,
      exitCode === 0 ? '' : 'it has no schemas without the internet',
    );
  } else console.log('kubeconform: not compared, it is not on PATH');
}

async function onPath(program: string): Promise<boolean> {
  const { exitCode } = await execa(
    program,
    [program === 'kubeconform' ? '-v' : 'version', ...(program === 'flux' ? ['--client'] : [])],
    {
      reject: false,
    },
  );
  return exitCode === 0;
}
