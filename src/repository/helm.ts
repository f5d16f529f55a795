import { execa } from 'execa';

const SLOWEST_MS = 60_000;

/** @throws Error with the last thing that helm says. */
export async function helm(program: string, args: readonly string[]): Promise<string> {
  const { stdout, stderr, failed } = await execa(program, args, {
    reject: false,
    timeout: SLOWEST_MS,
    maxBuffer: 1e9,
  });
  const reason =
    stderr
      .trim()
      .split('\n')
      .findLast((line) => line !== '') ?? '';
  if (failed) throw new Error(reason === '' ? 'helm failed or took over a minute' : reason);
  return stdout;
}
