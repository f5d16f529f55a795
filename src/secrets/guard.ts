import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

const IGNORED = ['.homeplane/', '*.agekey'];
const HOOK =
  '#!/bin/sh\n# Written by homeplane: nothing unencrypted is committed.\nexec npx --no-install homeplane secrets check --commit\n';

/** Makes Git pass over the keys and the state of twins. @returns the lines that were added. */
export async function ignoreKeys(folder: string): Promise<string[]> {
  const file = join(folder, '.gitignore');
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = new Set(text.split('\n'));
  const added = IGNORED.filter((line) => !lines.has(line));
  if (added.length > 0) {
    const before = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    await writeFile(file, `${before}${added.join('\n')}\n`);
  }
  return added;
}

/** Puts a check before every commit, unless there is a hook already. @returns what became of it. */
export async function guardCommits(folder: string): Promise<'written' | 'there' | 'no repository'> {
  const git = await execa('git', ['rev-parse', '--git-path', 'hooks'], { cwd: folder, reject: false });
  if (git.exitCode !== 0) return 'no repository';
  const file = join(folder, git.stdout, 'pre-commit');
  const existing = await stat(file).catch(() => undefined);
  if (existing !== undefined) return 'there';
  await writeFile(file, HOOK);
  await chmod(file, 0o755);
  return 'written';
}

/** Files that are about to be committed and hold a private age key. */
export async function stagedKeys(folder: string): Promise<string[]> {
  const { stdout, exitCode } = await execa(
    'git',
    ['grep', '--cached', '--name-only', '--extended-regexp', '-e', 'AGE-SECRET-KEY-1[0-9A-Z]{58}'],
    { cwd: folder, reject: false },
  );
  return exitCode === 0 ? stdout.split('\n').filter((line) => line !== '') : [];
}
