import { Command } from '@commander-js/extra-typings';
import type { RuleFacts } from '../check/index.ts';
import { FAULTS, nearest } from '../util/index.ts';
import { UsageError } from './exit.ts';
import type { Io } from './io.ts';

export function explainCommand(io: Io) {
  return new Command('explain')
    .description('Say what a rule or a fault is about.')
    .argument('<id>', 'a rule such as NET001, or a fault such as HP1201')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  homeplane explain NET008\n  homeplane explain HP1201\n')
    .action(async (id, options) => {
      const { READING, RULES } = await import('../check/index.ts');
      const known = new Map<string, Explanation>([
        ...Object.values(READING).map((rule) => [rule.id, explainRule(rule)] as const),
        ...RULES.map((rule) => [rule.id, explainRule(rule)] as const),
        ...Object.entries(FAULTS).map(([code, fault]) => [code, { id: code, ...fault }] as const),
      ]);
      const found = known.get(id.toUpperCase());
      if (found === undefined) {
        const guess = nearest(id, [...known.keys()]);
        throw new UsageError(`there is no ${id}${guess === undefined ? '' : `, did you mean ${guess}?`}`);
      }
      io.out(options.json === true ? `${JSON.stringify(found, null, 2)}\n` : text(found, io));
    });
}

interface Explanation {
  readonly id: string;
  readonly title: string;
  readonly severity?: string;
  readonly why?: string;
  readonly remedy: string;
  readonly references?: readonly string[];
}

/** The parts of a rule that are words. */
function explainRule({ id, title, severity, why, remedy, references = [] }: RuleFacts): Explanation {
  return { id, title, severity, why, remedy, references };
}

function text({ id, title, severity, why, remedy, references = [] }: Explanation, { paint }: Io): string {
  return [
    `${paint('bold', id)} ${title}${severity === undefined ? '' : ` (${severity})`}`,
    ...(why === undefined ? [] : [`  why: ${why}`]),
    `  fix: ${remedy}`,
    ...references.map((url) => `  see: ${url}`),
    '',
  ].join('\n');
}
