import { pathToFileURL } from 'node:url';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { Finding, Severity } from '../../model/index.ts';
import { READING } from '../reading.ts';
import type { RuleFacts } from '../rule.ts';
import { RULES } from '../rules/index.ts';
import { relativeFile } from './place.ts';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<
  Severity,
  Result.level
>;

/** Findings as SARIF 2.1.0, which GitHub's code scanning and editors read. */
export function reportSarif(findings: readonly Finding[], folder: string, version: string): string {
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'homeplane',
            version,
            rules: [...RULES, ...Object.values(READING)].map(descriptor),
          },
        },
        originalUriBaseIds: { ROOT: { uri: `${pathToFileURL(folder).href}/` } },
        results: findings.map((finding) => result(finding, folder)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor({ id, title, why, remedy, severity, references }: RuleFacts): ReportingDescriptor {
  const [helpUri] = references ?? [];
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: remedy },
    defaultConfiguration: { level: LEVELS[severity] },
    ...(helpUri === undefined ? {} : { helpUri }),
  };
}

function result({ rule, severity, message, why, remedy, position }: Finding, folder: string): Result {
  return {
    ruleId: rule,
    level: LEVELS[severity],
    message: { text: `${message}. ${why} ${remedy}` },
    ...(position === undefined
      ? {}
      : {
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(relativeFile(position.file, folder)), uriBaseId: 'ROOT' },
                region: { startLine: position.line, startColumn: position.column },
              },
            },
          ],
        }),
  };
}
