import { countFindings, type Finding, formatPosition } from '../../model/index.ts';
import { RULES } from '../rules/index.ts';

/** Findings as JUnit XML: every rule is a test, and fails where it found an error or a warning. */
export function reportJunit(findings: readonly Finding[]): string {
  // What reading the definition found has no rule of its own.
  const others = findings.filter(({ rule }) => RULES.every(({ id }) => id !== rule));
  const cases = [
    ...RULES.map(({ id, title }) =>
      testCase(
        id,
        title,
        findings.filter(({ rule }) => rule === id),
      ),
    ),
    ...others.map((finding) => testCase(finding.rule, 'the definition can be read', [finding])),
  ];
  const failures = cases.filter((text) => text.includes('<failure')).length;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="homeplane check" tests="${cases.length}" failures="${failures}" errors="0">
${cases.join('\n')}
  </testsuite>
</testsuites>
`;
}

function testCase(id: string, title: string, findings: readonly Finding[]): string {
  const head = `    <testcase classname="homeplane" name="${escape(`${id} ${title}`)}"`;
  if (findings.length === countFindings(findings, 'info')) return `${head}/>`;
  const failures = findings.map(({ message, why, remedy, severity, position }) => {
    const place = position === undefined ? '' : `${formatPosition(position)}\n`;
    return `      <failure type="${severity}" message="${escape(message)}">${escape(`${place}why: ${why}\nfix: ${remedy}`)}</failure>`;
  });
  return `${head}>\n${failures.join('\n')}\n    </testcase>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
