import { Command } from '@commander-js/extra-typings';
import type { Difference } from '../compile/index.ts';
import { Fault, type Paint, plural } from '../util/index.ts';
import { loadSound } from './definition.ts';
import type { Io } from './io.ts';

export function compareCommand(io: Io) {
  return new Command('compare')
    .description('Show in what two clusters differ: policies, components, charts, values.')
    .argument('<left>', 'a cluster')
    .argument('<right>', 'another')
    .option('-d, --definition <file>', 'the definition (default: homelab.ts, homelab/homelab.ts)')
    .option('--json', 'differences as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  homeplane compare staging production\n  homeplane compare staging production --json\n',
    )
    .action(async (left, right, options) => {
      const loaded = await loadSound({ ...io, out: io.err }, options.definition);
      if (loaded === undefined) return;
      const { compareClusters, planHomelab } = await import('../compile/index.ts');
      const plans = new Map(planHomelab(loaded.homelab).map((plan) => [plan.cluster.name, plan]));
      const planOf = (name: string) => {
        const plan = plans.get(name);
        if (plan === undefined)
          throw new Fault('HP1305', `${name} (there are: ${[...plans.keys()].join(', ')})`);
        return plan;
      };
      const differences = compareClusters(planOf(left), planOf(right));
      io.out(
        options.json === true
          ? `${JSON.stringify({ differences }, null, 2)}\n`
          : text(differences, left, right, io.paint),
      );
    });
}

function text(differences: readonly Difference[], left: string, right: string, paint: Paint): string {
  const lines = differences.map(({ subject, path, left: a = '-', right: b = '-' }, index) => {
    const heading = differences[index - 1]?.subject === subject ? '' : `${paint('bold', subject)}\n`;
    return `${heading}  ${path}\n    ${paint('cyan', left)} ${a}\n    ${paint('cyan', right)} ${b}`;
  });
  return `${[...lines, plural(differences.length, 'difference')].join('\n')}\n`;
}
