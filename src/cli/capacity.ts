import { Command, Option } from '@commander-js/extra-typings';
import { loadSound } from './definition.ts';
import type { Io } from './io.ts';

export function capacityCommand(io: Io) {
  return new Command('capacity')
    .description('Whether it all fits, what is left when a node dies, what it draws and costs.')
    .option('-d, --definition <file>', 'the definition (default: homelab.ts, homelab/homelab.ts)')
    .addOption(
      new Option('--format <format>', 'for people')
        .choices(['text', 'markdown'] as const)
        .default('text' as const),
    )
    .option('--json', 'as JSON: cores, bytes and watts')
    .addHelpText(
      'after',
      '\nExamples:\n  homeplane capacity\n  homeplane capacity --format markdown > capacity.md\n  homeplane capacity --json | jq ".sites[].total"\n',
    )
    .action(async (options) => {
      const loaded = await loadSound({ ...io, out: io.err }, options.definition);
      if (loaded === undefined) return;
      const { capacityReport, formatReport } = await import('../capacity/index.ts');
      const { renderedBy } = await import('../lock/index.ts');
      const { lock } = loaded;
      if (lock === undefined)
        io.err('there is no lock: what charts run is not counted; `homeplane lock` records it\n');
      const report = capacityReport(loaded.homelab, renderedBy(lock));
      io.out(
        options.json === true ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report, options.format),
      );
    });
}
