import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { definedEnvironment, run } from '../../process/index.ts';
import { acquireLock, Fault } from '../../util/index.ts';
import { entryFolder, entryParts, moduleFolder, readEntry, recordEntry } from '../cache.ts';
import type { Program, ProgramName } from '../programs.ts';
import type { Source, SourceContext } from '../source.ts';
import { applyEdits, type Go, moduleSources } from './edits.ts';
import { findOnPath } from './path.ts';
import { BuildProgress } from './progress.ts';

type Named = Program & { readonly name: ProgramName };

/**
 * Builds a program with Go, in a copy of its module, and moves it into the cache whole. Another homeplane that
 * builds the same program is waited for. A build that was killed leaves a folder that the next one removes; Go's
 * own cache makes it go on where it stopped.
 */
export const fromBuild: Source = async (program, context) => {
  const go = await findOnPath('go');
  if (go === undefined) return undefined;
  const { cache, events } = context;
  const entry = entryFolder(cache, program);
  await mkdir(dirname(entry), { recursive: true });
  const task = `build ${program.name}`;
  let waiting = false;
  const lock = await acquireLock(`${entry}.lock`, (pid) => {
    if (!waiting)
      events.emit({ type: 'log', task, level: 'info', message: `process ${pid} is building it; waiting` });
    waiting = true;
    return context.abort?.aborted !== true;
  });
  if (lock === undefined) return undefined;
  try {
    const built = await readEntry(entry, program.name, 'cache', () => undefined);
    return built ?? (await build(go, program, entry, context));
  } finally {
    await lock.release();
  }
};

async function build(go: string, program: Named, entry: string, context: SourceContext) {
  const work = `${entry}.building`;
  const log = join(context.cache, 'logs', `${program.name}.log`);
  await mkdir(dirname(log), { recursive: true });
  await rm(work, { recursive: true, force: true });
  const out = join(work, 'out');
  const module = join(work, 'module');
  await mkdir(out, { recursive: true });
  // Go may write into the module's folder, which is part of the package.
  await cp(moduleFolder(program), module, { recursive: true });
  const progress = new BuildProgress(`build ${program.name}`, program.buildSeconds, context.events);
  const invoke: Go = async (args, onLine) => {
    const command = { file: go, args, cwd: module, env: goEnvironment(), log };
    const { code, stdout } = await run(
      context.keeper,
      onLine === undefined ? command : { ...command, onLine },
      context.abort,
    );
    if (code !== 0) throw new Fault('HP1202', `${program.name}: go ${args[0]} failed, log: ${log}`);
    return stdout;
  };
  try {
    const flags = ['-mod=mod', '-trimpath', '-ldflags', ['-s', '-w', ...(program.ldflags ?? [])].join(' ')];
    await applyEdits(program.edits ?? [], work, invoke);
    const list = ['list', ...flags, '-deps', '-f', '{{if .Stale}}{{.ImportPath}}{{end}}', program.package];
    const stale = await invoke(list, (line) => progress.line(line));
    progress.expect(stale.split('\n').filter((line) => line !== '').length);
    const parts = entryParts(out);
    await invoke(['build', '-v', ...flags, '-o', parts.binary, program.package], (line) =>
      progress.line(line),
    );
    for (const { module: owner, path } of program.assets ?? [])
      await copyAsset(join(await moduleSources(invoke, owner), path), join(parts.assets, path));
    await recordEntry(out, program);
    await rm(entry, { recursive: true, force: true });
    await rename(out, entry);
    const built = await readEntry(entry, program.name, 'build', () => undefined);
    progress.finish(built?.sizeBytes ?? 0);
    return built;
  } catch (error) {
    // One that was interrupted has not failed.
    if (context.abort?.aborted !== true)
      progress.fail(error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A file, or the YAML files of a folder. The module cache is read-only, so modes are not kept. */
async function copyAsset(from: string, to: string): Promise<void> {
  const names = await readdir(from).catch(() => undefined);
  if (names === undefined) {
    await cp(from, to, { recursive: true });
    return;
  }
  await mkdir(to, { recursive: true });
  for (const name of names.filter((file) => file.endsWith('.yaml')))
    await cp(join(from, name), join(to, name));
}

function goEnvironment(): Record<string, string> {
  return { ...definedEnvironment(), CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off' };
}
