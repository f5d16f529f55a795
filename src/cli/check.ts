import { Command, Option } from '@commander-js/extra-typings';
import { type Finding, SEVERITIES } from '../model/index.ts';
import { messageOf } from '../util/index.ts';
import { defaultDefinition, printFindings } from './definition.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';
import { VERSION } from './version.ts';

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
      new Option('--fail-on <severity>', 'exit with 1 from this severity on')
        .choices(SEVERITIES)
        .default('error' as const),
    )
    .option('--tree <folder>', 'check a Flux repository that anybody wrote instead of a definition')
    .option(
      '--charts <folder>',
      'with --tree: packaged charts to use instead of upstream (default: $HOMEPLANE_CHARTS)',
    )
    .option('--watch', 'check again whenever the definition is saved, until Ctrl-C')
    .addHelpText(
      'after',
      '\nExamples:\n  homeplane check\n  homeplane check --json | jq -r ".findings[].rule"\n  homeplane check --format sarif > homeplane.sarif\n  homeplane check --fail-on warning\n  homeplane check --watch\n  homeplane check --tree ~/home-ops\n',
    )
    .action(async (options) => {
      const { loadDefinition, watchDefinition } = await import('../project/index.ts');
      const file = options.definition ?? defaultDefinition();
      const format = options.json === true ? 'json' : options.format;
      const once = async () => {
        const findings =
          options.tree === undefined
            ? (await loadDefinition(file)).findings
            : await treeFindings(io, options.tree, options.charts);
        await report(io, format, findings);
        const failing = SEVERITIES.slice(0, SEVERITIES.indexOf(options.failOn) + 1);
        const failed = findings.some(({ severity }) => failing.includes(severity));
        process.exitCode = failed ? EXIT.findings : EXIT.fine;
      };
      await once();
      if (options.watch !== true || options.tree !== undefined) return;
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

async function treeFindings(io: Io, folder: string, charts = process.env['HOMEPLANE_CHARTS']) {
  const { readRepository, repositoryFindings } = await import('../repository/index.ts');
  const { withPrograms } = await import('./tools.ts');
  return withPrograms(io, ['flux-build', 'helm'], async ([fluxBuild = '', helm = ''], events) =>
    repositoryFindings(await readRepository(folder, { fluxBuild, helm, charts, events })),
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
