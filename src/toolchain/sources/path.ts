import { access, constants, realpath, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import type { Source } from '../source.ts';

/** A program on PATH that says it is exactly the version wanted. */
export const fromPath: Source = async (program) => {
  const { name, version, versionArgs, assets } = program;
  // A program alone lacks the files that belong to it.
  if (versionArgs === undefined || (assets?.length ?? 0) > 0) return undefined;
  const file = await findOnPath(name);
  if (file === undefined) return undefined;
  const { stdout, failed } = await execa(file, versionArgs, { reject: false, timeout: 10_000 });
  const said = /v?(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  if (failed || said !== version) return undefined;
  const { size } = await stat(file);
  return { name, version, from: 'path', file, assets: undefined, sizeBytes: size };
};

/** Absolute path of the first executable of that name on PATH. */
export async function findOnPath(name: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter).filter((part) => part !== '')) {
    const file = join(folder, name);
    const usable = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return realpath(file);
  }
  return undefined;
}
