import { Command } from '@commander-js/extra-typings';
import type { ControlResult, Status } from '../check/index.ts';
import { loadSound } from './definition.ts';
import type { Io } from './io.ts';

export function complianceCommand(io: Io) {
  return new Command('compliance')
    .description('What the tree says about the CIS benchmark and the NSA/CISA guidance, with evidence.')
    .option('-d, --definition <file>', 'the definition (default: homelab.ts, homelab/homelab.ts)')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  homeplane compliance\n  homeplane compliance --json | jq ".[] | select(.status == \\"not met\\")"\n',
    )
    .action(async (options) => {
      const loaded = await loadSound({ ...io, out: io.err }, options.definition);
      if (loaded === undefined) return;
      const { assess } = await import('../check/index.ts');
      const { planHomelab } = await import('../compile/index.ts');
      const results = planHomelab(loaded.homelab).flatMap(assess);
      if (options.json === true) {
        io.out(`${JSON.stringify(results, null, 2)}\n`);
        return;
      }
      for (const { name } of loaded.homelab.clusters) {
        const own = results.filter(({ cluster }) => cluster === name);
        const met = own.filter(({ status }) => status === 'met').length;
        io.out(`${io.paint('bold', name)}: ${met} of ${own.length} controls met\n`);
        for (const result of own) io.out(text(result, io));
      }
    });
}

const COLOURS = { met: 'green', partly: 'yellow', 'not met': 'red', running: 'dim' } as const;
const WORDS: Record<Status, string> = {
  met: 'met',
  partly: 'partly',
  'not met': 'not met',
  running: 'needs the running cluster',
};

function text({ framework, id, title, status, evidence, paths }: ControlResult, { paint }: Io): string {
  const where =
    paths.length === 0 ? '' : ` (${paths.slice(0, 2).join(', ')}${paths.length > 2 ? ', ...' : ''})`;
  return `  ${paint(COLOURS[status], WORDS[status])} ${framework} ${id} ${title}: ${evidence}${where}\n`;
}
