import { Command } from '@commander-js/extra-typings';
import { defaultDefinition, hasErrors, printFindings } from './definition.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';

export function checkCommand(io: Io) {
  return new Command('check')
    .description('Say what is wrong or risky in the definition.')
    .option('-d, --definition <file>', 'the definition (default: homelab.ts, homelab/homelab.ts)')
    .option('--json', 'findings as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  homeplane check\n  homeplane check --json | jq -r ".findings[].rule"\n',
    )
    .action(async (options) => {
      const { loadDefinition } = await import('../project/index.ts');
      const { findings } = await loadDefinition(options.definition ?? defaultDefinition());
      if (options.json === true) {
        const { reportJson } = await import('../check/index.ts');
        io.out(reportJson(findings));
      } else {
        await printFindings(io, findings);
      }
      process.exitCode = hasErrors(findings) ? EXIT.findings : EXIT.fine;
    });
}
