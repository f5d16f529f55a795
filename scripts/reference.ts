import { coveragePage } from './reference-coverage/page.ts';
import { readdirSync, readFileSync } from 'node:fs';
import type { Command } from '@commander-js/extra-typings';
import { z } from 'zod';
import { type ObjectRule, READING, RULES, type RuleFacts } from '../src/check/index.ts';
import { makeProgram } from '../src/cli/program.ts';
import { COMPONENTS } from '../src/components/index.ts';
import { OPERATIONS, type Operation } from '../src/status/server/openapi.ts';
import { ItemSchema } from '../src/status/state/index.ts';
import { listPrograms } from '../src/toolchain/index.ts';
import { FAULTS, plain } from '../src/util/index.ts';

const NOTE = '<!-- Written by `npm run docs` from the tables that the code uses. -->\n\n';

/** The reference, path below docs/ -> content. */
export function referencePages(): ReadonlyMap<string, string> {
  return new Map([
    ['reference/commands.md', commands()],
    ['reference/rules.md', rules()],
    ['reference/faults.md', faults()],
    ['reference/components.md', components()],
    ['reference/programs.md', programs()],
    ['reference/api.md', api()],
    ['adr/README.md', decisions()],
    ['reference-coverage.md', coveragePage()],
  ]);
}

function commands(): string {
  const program = makeProgram({ out: () => undefined, err: () => undefined, paint: plain, interactive: false });
  const sections = program.commands.flatMap((command) =>
    [command, ...command.commands].map((each) => commandSection(each as Command)),
  );
  return `${NOTE}# Commands\n\nExit codes: 0 fine, 1 findings, 2 usage, 3 fault ([list](faults.md)).\n\n${sections.join('\n')}`;
}

function commandSection(command: Command): string {
  let examples = '';
  command.configureOutput({ writeOut: (text) => (examples += text), getOutHelpWidth: () => 100 });
  command.outputHelp();
  const parent = command.parent?.name() === 'homeplane' ? '' : `${command.parent?.name() ?? ''} `;
  return `## homeplane ${parent}${command.name()}\n\n\`\`\`text\n${examples.trim()}\n\`\`\`\n`;
}

function rules(): string {
  const all: readonly RuleFacts[] = [...RULES, ...Object.values(READING)];
  const sections = all.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((rule) => {
    const { id, title, severity, why, remedy, references = [] } = rule;
    const more = references.length === 0 ? '' : `\nSee ${references.map((url) => `<${url}>`).join(', ')}.\n`;
    return `## ${id}\n\n**${title}** (${severity})\n\n${why}\n\n${remedy}\n${more}${examples(rule)}`;
  });
  const reading = [
    '## DEF001 to DEF004',
    '',
    'Found while the definition is read, all of them at once:',
    '',
    '| id | what |',
    '|---|---|',
    '| DEF001 | a value is missing or malformed |',
    '| DEF002 | an unknown key |',
    '| DEF003 | a name that leads nowhere, or parts that do not fit together |',
    '| DEF004 | a name or a machine that is used twice |',
    '',
  ];
  return `${NOTE}# Rules\n\nWhat \`homeplane check\` looks for.\n\n${reading.join('\n')}\n${sections.join('\n')}`;
}

/** What it speaks of and what it does not, for a rule over objects. */
function examples(rule: RuleFacts): string {
  if (!('bad' in rule) || typeof rule.bad !== 'string') return '';
  const { bad, good } = rule as ObjectRule;
  return `\n<details><summary>Bad and good</summary>\n\n\`\`\`yaml\n# bad\n${bad.trim()}\n\`\`\`\n\n\`\`\`yaml\n# good\n${good.trim()}\n\`\`\`\n\n</details>\n`;
}

/** What the page's server can be asked, and what is in what it answers. */
function api(): string {
  const rows = Object.values<Operation>(OPERATIONS).map(
    ({ method, path, summary, open = false }) =>
      `| \`${method.toUpperCase()} ${path}\` | ${summary} | ${open ? 'everybody' : 'who may read'} |`,
  );
  const items = ItemSchema.options.map((schema) => {
    const { properties = {}, required = [] } = z.toJSONSchema(schema) as {
      properties?: Record<string, { const?: string; type?: string; enum?: string[]; description?: string }>;
      required?: string[];
    };
    const fields = Object.entries(properties)
      .filter(([name]) => name !== 'type')
      .map(([name, { type = 'object', enum: words, description = '' }]) => {
        const kind = words === undefined ? type : words.map((word) => `\`${word}\``).join(', ');
        return `| \`${name}\`${required.includes(name) ? '' : ' (not always)'} | ${kind} | ${description} |`;
      });
    return `### ${properties['type']?.const ?? ''}\n\n| field | type | meaning |\n|---|---|---|\n${fields.join('\n')}\n`;
  });
  return `${NOTE}# The page's API\n\n\`homeplane up\` and \`homeplane status --serve\` answer these. \`/api/openapi.json\` describes them for programs.\n\n| request | what | answered to |\n|---|---|---|\n${rows.join('\n')}\n\n## Items\n\nThe state is a map from keys to items. Its deltas have \`set\`, items that are new or different, and \`gone\`, keys of those that are no more.\n\n${items.join('\n')}`;
}

function decisions(): string {
  const folder = new URL('../docs/adr/', import.meta.url);
  const rows = readdirSync(folder)
    .filter((name) => /^\d{4}-/.test(name))
    .toSorted()
    .map((name) => {
      const [title = ''] = readFileSync(new URL(name, folder), 'utf8').split('\n');
      return `- [${title.replace(/^# /, '')}](${name})`;
    });
  return `${NOTE}# Decisions\n\n${rows.join('\n')}\n`;
}

function faults(): string {
  const rows = Object.entries(FAULTS).map(([code, { title, remedy }]) => `| ${code} | ${title} | ${remedy} |`);
  return `${NOTE}# Faults\n\nWays in which homeplane itself can fail. Exit code 3.\n\n| code | what | what to do |\n|---|---|---|\n${rows.join('\n')}\n`;
}

function components(): string {
  const sections = [...COMPONENTS.values()].map(({ name, summary, layer, requires, schema }) => {
    const page = readFileSync(new URL(`../src/components/${name}/README.md`, import.meta.url), 'utf8');
    const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    const options = `\`\`\`json\n${JSON.stringify({ properties: json.properties }, null, 2)}\n\`\`\``;
    const needs = requires.length === 0 ? 'nothing' : requires.map((key) => `\`${key}\``).join(', ');
    return `${page.replace(/^#/gm, '##').trim()}\n\n### Facts\n\n${summary} Layer \`${layer}\`, stands on ${needs}.\n\n<details><summary>Schema of its options</summary>\n\n${options}\n\n</details>\n`;
  });
  return `${NOTE}# Components\n\n${sections.join('\n')}`;
}

function programs(): string {
  const rows = listPrograms().map(
    ({ name, version, package: path, what }) => `| ${name} | ${version} | \`${path}\` | ${what} |`,
  );
  return `${NOTE}# Programs\n\nWhat a twin runs, and what it is built from when it is neither on PATH nor in the cache.\n\n| program | version | Go package | what for |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}
