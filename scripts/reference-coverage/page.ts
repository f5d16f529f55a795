import { PROOFS } from './proofs.ts';
import { COVERAGE } from './rows.ts';

/** `docs/reference-coverage.md`. */
export function coveragePage(): string {
  const sections = Object.entries(COVERAGE).map(([section, rows]) => {
    const lines = Object.entries(rows).map(([item, shown]) => {
      if (typeof shown !== 'string') return `| ${cell(item)} | open | ${shown.open} | |`;
      const { by, file, test } = PROOFS[shown];
      return `| ${cell(item)} | ${by} | [${file}](../homelab/${file}) | [${test}](../${test}) |`;
    });
    return `## ${section}\n\n| of the reference | by | in the tree of homelab/ | looked at by |\n|---|---|---|---|\n${lines.join('\n')}\n`;
  });
  return `<!-- Written by \`npm run docs\` from the tables in the code. Change them, not this file. -->

# Coverage of the reference architecture

Every box, row and bullet of the reference architecture, and what shows it. A row that is open says what brings it.

${sections.join('\n')}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
