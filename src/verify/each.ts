import { execa } from 'execa';
import pLimit from 'p-limit';
import type { Complaint, Outcome } from './tool.ts';

const AT_ONCE = 4;

/** Asks about files one by one, some at once. @param look What is wrong with a file; undefined when nothing is. */
export async function each(
  files: readonly string[],
  look: (file: string) => Promise<string | undefined>,
): Promise<Outcome> {
  const limit = pLimit(AT_ONCE);
  const found = await Promise.all(
    files.map((file) =>
      limit(async (): Promise<Complaint[]> => {
        const message = await look(file);
        return message === undefined ? [] : [{ file, message }];
      }),
    ),
  );
  return { checked: files, complaints: found.flat() };
}

/** What a program prints when it is not content; undefined when it is. */
export async function complaintOf(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string } = {},
): Promise<string | undefined> {
  const { all, failed } = await execa(program, args, {
    ...options,
    all: true,
    reject: false,
    timeout: 120_000,
  });
  return failed ? (all.trim() === '' ? 'it failed without a word' : all.trim()) : undefined;
}
