import type { Finding } from '../../model/index.ts';

/** Findings as one JSON document, for scripts. */
export function reportJson(findings: readonly Finding[]): string {
  const rows = findings.map(({ at, position, ...rest }) => ({
    ...rest,
    path: at.join('.'),
    ...(position === undefined ? {} : position),
  }));
  return `${JSON.stringify({ findings: rows }, null, 2)}\n`;
}
