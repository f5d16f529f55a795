import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import { type Finding, SEVERITIES } from '../model/index.ts';
import type { Repository } from '../repository/index.ts';
import { messageOf, plural, VERSION, writeFileAtomic } from '../util/index.ts';
import { defaultDefinition, printFindings } from './definition.ts';
import { EXIT, UsageError } from './exit.ts';
import type { Io } from './io.ts';

const FORMATS = ['pretty', 'json', 'sarif', 'github', 'junit'] as const;

export function checkCommand(io: Io) {
  return new Command('check')
    .description('Say what is wrong or risky in the definition.')
    .option('-d, --definition <file>', 'the definition (default: homelab.ts, homelab/homelab.ts)')
    .addOption(
      new Option('--format <format>', 'pretty for people, the others for programs')
        .choices(FORMATS)
        .default('pretty' as const),
    )
    .option('--json', 'the same as --format json')
    .addOption(
      new Option(
        '--fail-on <severity>',
        "exit with 1 from this severity on (default: the definition's failOn, else error)",
      ).choices(SEVERITIES),
    )
    .option('--tree <folder>', 'check a Flux repository that anybody wrote instead of a definition')
    .option(
      '--charts <folder>',
      'with --tree: packaged charts to use instead of upstream (default: $HOMEPLANE_CHARTS)',
    )
    .option('--fix', 'with --tree: show what can be mended by itself, and with --yes write it')
    .option('--yes', 'with --fix: write')
    .option('--watch', 'check again whenever the definition is saved, until Ctrl-C')
    .addHelpText(
      'after',
      '\nExamples:\n  homeplane check\n  homeplane check --json | jq -r ".findings[].rule"\n  homeplane check --format sarif > homeplane.sarif\n  homeplane check --fail-on warning\n  homeplane check --watch\n  homeplane check --tree ~/home-ops\n  homeplane check --tree ~/home-ops --fix\n',
    )
    .action(async (options) => {
      const { loadDefinition, watchDefinition } = await import('../project/index.ts');
      const { fails } = await import('../check/index.ts');
      const file = options.definition ?? defaultDefinition();
      const format = options.json === true ? 'json' : options.format;
      if (options.tree !== undefined && options.watch === true)
        throw new UsageError('--watch follows a definition: it goes without --tree');
      if (options.fix === true) {
        if (options.tree === undefined) throw new UsageError('--fix mends YAML: it needs --tree');
        return fixTree(io, options.tree, options.charts, options.yes === true);
      }
      const once = async () => {
        const { findings, homelab } =
          options.tree === undefined
            ? await loadDefinition(file)
            : { findings: await treeFindings(io, options.tree, options.charts), homelab: undefined };
        await report(io, format, findings);
        const failed = findings.some((finding) => fails(finding, homelab, options.failOn));
        process.exitCode = failed ? EXIT.findings : EXIT.fine;
      };
      await once();
      if (options.watch !== true) return;
      let checking = Promise.resolve();
      const stop = watchDefinition(file, () => {
        // While it is being edited it often does not run: that is said, and the next save is waited for.
        checking = checking.then(once).catch((error: unknown) => io.err(`${messageOf(error)}\n`));
      });
      await new Promise((resolve) => process.once('SIGINT', resolve));
      stop();
      await checking;
    });
}

async function fixTree(io: Io, folder: string, charts: string | undefined, write: boolean): Promise<void> {
  const { mendRepository } = await import('../repository/index.ts');
  const mended = await readTree(io, folder, charts, mendRepository);
  for (const { file, before, after, rules } of mended) {
    io.out(`${io.paint('bold', relative(process.cwd(), file))} (${rules.join(', ')})\n`);
    io.out(await lineDiff(before, after));
  }
  if (write) for (const { file, after } of mended) await writeFileAtomic(file, after);
  const next = write ? 'written' : 'nothing is written yet: add --yes';
  io.out(
    mended.length === 0 ? 'nothing can be mended by itself\n' : `${plural(mended.length, 'file')}, ${next}\n`,
  );
}

/** As Git shows it. */
async function lineDiff(before: string, after: string): Promise<string> {
  const { execa } = await import('execa');
  const folder = await mkdtemp(join(tmpdir(), 'homeplane-fix-'));
  try {
    await Promise.all([writeFile(join(folder, 'before'), before), writeFile(join(folder, 'after'), after)]);
    const { stdout } = await execa('git', ['diff', '--no-index', '--unified=2', 'before', 'after'], {
      cwd: folder,
      reject: false,
    });
    const hunks = stdout.split('\n').slice(4);
    return `${hunks.join('\n')}\n`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function treeFindings(io: Io, folder: string, charts: string | undefined): Promise<Finding[]> {
  const { repositoryFindings } = await import('../repository/index.ts');
  return readTree(io, folder, charts, repositoryFindings);
}

async function readTree<T>(
  io: Io,
  folder: string,
  charts = process.env['HOMEPLANE_CHARTS'],
  use: (repository: Repository) => T | Promise<T>,
): Promise<T> {
  const { readRepository } = await import('../repository/index.ts');
  const { withPrograms } = await import('./tools.ts');
  return withPrograms(io, ['flux-build', 'helm'], async ([fluxBuild = '', helm = ''], events) =>
    use(await readRepository(folder, { fluxBuild, helm, charts, events })),
  );
}

async function report(io: Io, format: (typeof FORMATS)[number], findings: readonly Finding[]): Promise<void> {
  const { reportGithub, reportJson, reportJunit, reportSarif } = await import('../check/index.ts');
  switch (format) {
    case 'pretty':
      return printFindings(io, findings);
    case 'json':
      return io.out(reportJson(findings));
    case 'sarif':
      return io.out(reportSarif(findings, process.cwd(), VERSION));
    case 'github':
      return io.out(reportGithub(findings, process.cwd()));
    case 'junit':
      return io.out(reportJunit(findings));
  }
}
