import { plural } from '../../util/index.ts';
import { CONSEQUENCES } from '../consequence.ts';
import type { ClusterDiff, DiffReport } from '../report.ts';
import { byConsequence, fieldLine, notesOf } from './rows.ts';

/** The report for a comment at a pull request. */
export function formatMarkdown({ clusters, machines, findings }: DiffReport): string {
  const sections = [
    ...clusters
      .filter(({ changes, unknown }) => changes.length > 0 || unknown.length > 0)
      .map(clusterSection),
    ...(machines.length === 0
      ? []
      : [
          `### Machines\n\n${machines.map(({ machine, files }) => `- **${machine}**: ${files.map((file) => `\`${file}\``).join(', ')}`).join('\n')}\n`,
        ]),
    ...(findings.added.length + findings.gone.length === 0 ? [] : [findingSection(findings)]),
  ];
  return sections.length === 0 ? 'Nothing changes.\n' : sections.join('\n');
}

function clusterSection({ cluster, changes, unknown }: ClusterDiff): string {
  const rows = byConsequence(changes).flatMap(([consequence, group]) =>
    consequence === 'metadata'
      ? [`| ${CONSEQUENCES.metadata} | ${plural(group.length, 'object')} | |`]
      : group.map(
          (change) =>
            `| ${CONSEQUENCES[consequence]} | \`${change.object}\` | ${cell(notesOf(change, consequence))} |`,
        ),
  );
  const fields = changes
    .filter((change) => change.fields.length > 0)
    .map((change) => `${change.object}\n${change.fields.map((field) => `  ${fieldLine(field)}`).join('\n')}`);
  const details =
    fields.length === 0
      ? ''
      : `\n<details><summary>Fields</summary>\n\n\`\`\`text\n${fields.join('\n').replaceAll('```', "'''")}\n\`\`\`\n\n</details>\n`;
  const warnings = unknown.map(
    (release) => `> What the chart of \`${release}\` changes is not known: run \`homeplane lock\`.\n\n`,
  );
  return `### ${cluster}\n\n${warnings.join('')}| what it does | object | |\n|---|---|---|\n${rows.join('\n')}\n${details}`;
}

function findingSection({ added, gone }: DiffReport['findings']): string {
  const lines = [
    ...added.map(({ severity, rule, message }) => `- new ${severity} **${rule}** ${cell(message)}`),
    ...gone.map(({ severity, rule, message }) => `- mended ${severity} **${rule}** ${cell(message)}`),
  ];
  return `### Findings\n\n${lines.join('\n')}\n`;
}

/** Text that neither ends a cell of a table nor is markup of the page. */
function cell(text: string): string {
  return text.replace(/[|<>]/g, (mark) => ({ '|': '\\|', '<': '&lt;', '>': '&gt;' })[mark] ?? mark);
}
