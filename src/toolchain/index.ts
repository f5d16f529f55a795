/**
 * Gets a program: from PATH when the version is right, from the cache, else built with Go from a module whose
 * go.sum pins every byte. `programs.ts` is the table; `sources/` has one file for each way of getting one, in the
 * order in which they are tried; `resolve.ts` tries them.
 */
export { cacheFolder, cacheSize } from './cache.ts';
export { listPrograms, PROGRAMS, type ProgramName } from './programs.ts';
export { Toolchain } from './resolve.ts';
export type { Resolved } from './source.ts';
