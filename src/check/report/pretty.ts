import { countFindings, type Finding, formatPosition, SEVERITIES, type Severity } from '../../model/index.ts';
import { type Paint, plural } from '../../util/index.ts';

const COLOURS = { error: 'red', warning: 'yellow', info: 'blue' } as const satisfies Record<Severity, string>;

/**
 * Findings for a person: what, where with the line of the definition, why, and what to write instead.
 * @param source The text of a source file, for the code frame; undefined when it cannot be read.
 */
export function reportPretty(
  findings: readonly Finding[],
  paint: Paint,
  source: (file: string) => string | undefined,
): string {
  const blocks = findings.map((finding) => {
    const { rule, severity, message, why, remedy, position } = finding;
    const lines = [`${paint(COLOURS[severity], severity)} ${paint('bold', rule)} ${message}`];
    if (position !== undefined) {
      lines.push(`  ${paint('cyan', formatPosition(position))}`);
      const text = source(position.file)?.split('\n')[position.line - 1];
      if (text !== undefined) lines.push(`  ${paint('dim', `${position.line} |`)} ${text.trimEnd()}`);
    }
    lines.push(`  why: ${why}`, `  fix: ${remedy}`);
    return `${lines.join('\n')}\n`;
  });
  return [...blocks, `${summary(findings)}\n`].join('\n');
}

function summary(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'no findings';
  return SEVERITIES.map((severity) => ({ severity, count: countFindings(findings, severity) }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => plural(count, severity))
    .join(', ');
}
