import { Command, Option } from '@commander-js/extra-typings';
import type { Finding } from '../model/index.ts';
import { defaultDefinition, hasErrors, printFindings } from './definition.ts';
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
    .addHelpText(
      'after',
      '\nExamples:\n  homeplane check\n  homeplane check --json | jq -r ".findings[].rule"\n  homeplane check --format sarif > homeplane.sarif\n',
    )
    .action(async (options) => {
      const { loadDefinition } = await import('../project/index.ts');
      const { findings } = await loadDefinition(options.definition ?? defaultDefinition());
      await report(io, options.json === true ? 'json' : options.format, findings);
      process.exitCode = hasErrors(findings) ? EXIT.findings : EXIT.fine;
    });
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
