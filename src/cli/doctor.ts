import { Command } from '@commander-js/extra-typings';
import { formatBytes, type Paint } from '../util/index.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';

/** A program that can be had, or not. */
interface Row {
  readonly program: string;
  readonly version: string;
  readonly from: 'path' | 'cache' | 'to be built' | 'missing';
  readonly sizeBytes?: number;
  readonly file?: string;
  readonly what: string;
}

export function doctorCommand(io: Io) {
  return new Command('doctor')
    .description('Show every program a twin needs: where from, version, size.')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  homeplane doctor\n  homeplane doctor --json | jq ".programs[] | select(.from == \\"missing\\")"\n',
    )
    .action(async (options) => {
      const { cacheFolder, cacheSize } = await import('../toolchain/index.ts');
      const [rows, git, go] = await Promise.all([
        programRows(),
        version('git', ['--version']),
        version('go', ['version']),
      ]);
      const report = {
        cache: cacheFolder(),
        cacheBytes: await cacheSize(cacheFolder()),
        node: process.version,
        git,
        go,
        programs: rows,
      };
      io.out(options.json === true ? `${JSON.stringify(report, null, 2)}\n` : table(report, io.paint));
      process.exitCode =
        git === undefined || rows.some(({ from }) => from === 'missing') ? EXIT.findings : EXIT.fine;
    });
}

async function programRows(): Promise<Row[]> {
  const { listPrograms, Toolchain } = await import('../toolchain/index.ts');
  const { ProcessKeeper } = await import('../process/index.ts');
  const { Stream } = await import('../util/index.ts');
  const toolchain = new Toolchain(new ProcessKeeper(), new Stream());
  const buildable = (await version('go', ['version'])) !== undefined;
  return Promise.all(
    listPrograms().map(async ({ name, version: wanted, what }): Promise<Row> => {
      const found = await toolchain.find(name);
      if (found === undefined)
        return { program: name, version: wanted, from: buildable ? 'to be built' : 'missing', what };
      const { from, sizeBytes, file } = found;
      return {
        program: name,
        version: wanted,
        from: from === 'path' ? 'path' : 'cache',
        sizeBytes,
        file,
        what,
      };
    }),
  );
}

async function version(program: string, args: string[]): Promise<string | undefined> {
  const { execa } = await import('execa');
  const { stdout, failed } = await execa(program, args, { reject: false, timeout: 10_000 });
  return failed ? undefined : stdout.split('\n')[0];
}

interface Report {
  readonly cache: string;
  readonly cacheBytes: number;
  readonly node: string;
  readonly git: string | undefined;
  readonly go: string | undefined;
  readonly programs: readonly Row[];
}

function table({ cache, cacheBytes, node, git, go, programs }: Report, paint: Paint): string {
  const name = Math.max(...programs.map(({ program }) => program.length));
  const lines = programs.map(({ program, version: wanted, from, sizeBytes, what }) => {
    const colour = { path: 'green', cache: 'green', 'to be built': 'yellow', missing: 'red' }[
      from
    ] as Parameters<Paint>[0];
    const size = sizeBytes === undefined ? '' : formatBytes(sizeBytes);
    return `${program.padEnd(name)}  ${wanted.padEnd(8)} ${paint(colour, from.padEnd(11))} ${size.padStart(7)}  ${what}`;
  });
  return [
    `node  ${node}`,
    `git   ${git ?? paint('red', 'missing: a twin serves the compiled tree with it')}`,
    `go    ${go ?? 'missing: programs that are neither on PATH nor in the cache cannot be built'}`,
    `cache ${cache} (${formatBytes(cacheBytes)})`,
    '',
    ...lines,
    '',
  ].join('\n');
}
