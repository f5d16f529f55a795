import type { Finding, Severity } from '../../model/index.ts';
import { relativeFile } from './place.ts';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<
  Severity,
  string
>;

/** Findings as workflow commands, which GitHub shows at the lines of a pull request. */
export function reportGithub(findings: readonly Finding[], folder: string): string {
  return findings
    .map(({ rule, severity, message, why, remedy, position }) => {
      const place =
        position === undefined
          ? []
          : [
              `file=${property(relativeFile(position.file, folder))}`,
              `line=${position.line}`,
              `col=${position.column}`,
            ];
      const properties = [...place, `title=${property(rule)}`].join(',');
      return `::${COMMANDS[severity]} ${properties}::${data(`${message}\nwhy: ${why}\nfix: ${remedy}`)}\n`;
    })
    .join('');
}

/** Escaped as GitHub's own toolkit does (docs.github.com, "Workflow commands"). */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
