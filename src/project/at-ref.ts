import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { execa } from 'execa';
import { extract } from 'tar';
import { Fault } from '../util/index.ts';

/**
 * The definition as it was at a Git ref, unpacked beside the working tree so that its imports are found, for as long
 * as somebody looks at it.
 * @param path The definition in the working tree.
 * @throws Fault HP1007 when that is in no Git repository, or Git knows no such ref.
 */
export async function withDefinitionAt<T>(
  path: string,
  ref: string,
  use: (file: string) => Promise<T>,
): Promise<T> {
  const file = await realpath(path).catch(() => resolve(path));
  const root = (await git(dirname(file), ref, ['rev-parse', '--show-toplevel'])).trim();
  const commit = (
    await git(root, ref, ['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`])
  ).trim();
  const parent = join(root, '.homeplane');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'ref-'));
  try {
    const archive = join(folder, '.archive.tar');
    await git(root, ref, ['archive', '--format=tar', `--output=${archive}`, commit]);
    await extract({ file: archive, cwd: folder });
    return await use(join(folder, relative(root, file)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function git(cwd: string, ref: string, args: readonly string[]): Promise<string> {
  const { stdout, stderr, failed } = await execa('git', args, { cwd, reject: false });
  if (failed) throw new Fault('HP1007', `${ref}: ${stderr.trim().split('\n')[0] ?? ''}`);
  return stdout;
}
