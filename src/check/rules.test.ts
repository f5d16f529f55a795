import { readdirSync } from 'node:fs';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { soundDefinition } from '../../test/support/definition.ts';
import type { KubeObject } from '../kube/index.ts';
import { readHomelab } from '../model/index.ts';
import { plain } from '../util/index.ts';
import {
  check,
  checkObjects,
  fails,
  READING,
  RULES,
  reportGithub,
  reportJson,
  reportJunit,
  reportPretty,
  reportSarif,
} from './index.ts';
import { type DefinitionRule, isObjectRule } from './rule.ts';
import { makeWorld } from './world.ts';

const TODAY = '2026-06-01';

function findingsOf(
  change: (definition: ReturnType<typeof soundDefinition>) => void = () => undefined,
  { secrets, unlocked = [] }: Partial<Pick<DefinitionRule, 'secrets' | 'unlocked'>> = {},
) {
  const definition = soundDefinition();
  change(definition);
  const { homelab, findings } = readHomelab(definition, secrets === undefined ? {} : { secrets });
  if (homelab === undefined) throw new Error(findings.map(({ message }) => message).join('; '));
  return check(homelab, { today: TODAY, unlocked: () => unlocked });
}

it('has one file for each rule, named after it', () => {
  const files = readdirSync(new URL('./rules', import.meta.url)).filter(
    (file) => file !== 'index.ts' && file !== 'all.ts',
  );
  expect(files.map((file) => file.replace('.ts', ''))).toEqual(RULES.map(({ id }) => id));
});

it('says nothing of a sound definition', () => {
  expect(findingsOf()).toEqual([]);
});

describe.each(RULES.flatMap((rule) => (isObjectRule(rule) ? [] : [[rule.id, rule] as const])))(
  '%s',
  (id, rule) => {
    it('finds its bad example, and where it is', () => {
      const found = findingsOf((definition) => rule.bad(definition), rule).filter(
        (finding) => finding.rule === id,
      );
      expect(found.length).toBeGreaterThan(0);
      for (const finding of found) {
        expect(finding.position?.line).toBeGreaterThan(0);
        expect(finding.severity).toBe(rule.severity);
        for (const text of [finding.message, finding.why, finding.remedy])
          expect(text.length).toBeGreaterThan(10);
      }
    });
  },
);

describe.each(RULES.filter(isObjectRule).map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const found = (text: string) => {
    const objects = parseAllDocuments(text).map((document) => document.toJS() as KubeObject);
    return checkObjects(makeWorld(objects, { whole: true }), () => ({ file: 'a.yaml', line: 1, column: 1 }), {
      rules: [rule],
    });
  };

  it('finds its bad example', () => {
    const findings = found(rule.bad);
    expect(findings.length).toBeGreaterThan(0);
    for (const { rule: by, message, why, remedy } of findings) {
      expect(by).toBe(id);
      for (const text of [message, why, remedy]) expect(text.length).toBeGreaterThan(10);
    }
  });

  it('says nothing of the good one', () => {
    expect(found(rule.good)).toEqual([]);
  });
});

describe('reporters', () => {
  const found = findingsOf((definition) => {
    for (const lab of definition.clusters) lab.domain = 'lab.example.com';
  });

  it('show the line of the definition', () => {
    const text = reportPretty(
      found,
      plain,
      () => `${'\n'.repeat((found[0]?.position?.line ?? 1) - 1)}the line`,
    );
    expect(text).toContain(
      'error NET009 domain lab.example.com of cluster lab is not in the zone example.org',
    );
    expect(text).toMatch(/test\/support\/definition\.ts:\d+:\d+\n {2}\d+ \| the line\n/);
    expect(text).toContain('fix: Write a name under the zone, such as "lab.example.org".');
    expect(text).toMatch(/\n1 error\n$/);
  });

  it('give programs the same as JSON', () => {
    const { findings } = JSON.parse(reportJson(found)) as { findings: Record<string, unknown>[] };
    expect(findings).toEqual([
      expect.objectContaining({ rule: 'NET009', path: 'clusters.0.domain', severity: 'error' }),
    ]);
  });

  it('give SARIF with the rule and the place, relative to the folder', () => {
    const { runs } = JSON.parse(reportSarif(found, process.cwd(), '1.2.3')) as Log;
    const driver = runs[0]?.tool.driver;
    expect(driver?.rules?.map(({ id }) => id)).toEqual([
      ...RULES.map(({ id }) => id),
      ...Object.values(READING).map(({ id }) => id),
    ]);
    const [result] = runs[0]?.results ?? [];
    expect(result).toMatchObject({ ruleId: 'NET009', level: 'error' });
    expect(result?.locations?.[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri: 'test/support/definition.ts', uriBaseId: 'ROOT' },
      region: { startLine: found[0]?.position?.line },
    });
  });

  it('give GitHub its commands, one line each', () => {
    const lines = reportGithub(found, process.cwd()).trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^::error file=test\/support\/definition\.ts,line=\d+,col=\d+,title=NET009::domain .*%0Awhy: .*%0Afix: /,
    );
  });

  it('give JUnit a test for each rule, escaped', () => {
    const [finding] = found;
    if (finding === undefined) throw new Error('nothing found');
    const text = reportJunit([{ ...finding, message: 'a "b" <c> & d' }]);
    expect(text).toContain(`tests="${RULES.length}" failures="1"`);
    expect(text).toContain('message="a &quot;b&quot; &lt;c&gt; &amp; d"');
    expect(reportJunit([])).not.toContain('<failure');
  });

  it('say that there is nothing to say', () => {
    expect(reportPretty([], plain, () => undefined)).toBe('no findings\n');
  });
});

describe('a waiver', () => {
  const found = (waiver: { cluster?: string; until: string }) =>
    findingsOf((definition) => {
      for (const lab of definition.clusters) lab.domain = 'lab.example.com';
      definition.waivers = [{ rule: 'NET009', reason: 'the zone moves in summer', owner: 'me', ...waiver }];
    }).map(({ rule, severity }) => `${severity} ${rule}`);

  it('makes information of a finding, until its day', () => {
    expect(found({ until: TODAY })).toEqual(['info NET009']);
    expect(found({ until: TODAY, cluster: 'lab' })).toEqual(['info NET009']);
    expect(found({ until: '2026-05-31' }).toSorted()).toEqual(['error NET009', 'warning DEF007']);
  });
});

describe('what fails a check', () => {
  const failing = (failOn: Parameters<typeof findingsOf>[0], asked?: 'warning') => {
    const definition = soundDefinition();
    failOn?.(definition);
    definition.waivers = [
      { rule: 'BCK001', reason: 'the NAS comes in spring', owner: 'me', until: '2020-03-01' },
    ];
    const { homelab } = readHomelab(definition);
    if (homelab === undefined) throw new Error('no homelab');
    const found = check(homelab, { today: TODAY });
    expect(found.map(({ severity, rule }) => `${severity} ${rule}`)).toContain('warning DEF007');
    return found.filter((finding) => fails(finding, homelab, asked)).map(({ rule }) => rule);
  };

  it('is an error, unless the definition says otherwise of an environment', () => {
    expect(failing(() => undefined)).toEqual([]);
    expect(
      failing((definition) => {
        definition.failOn = { production: 'warning' };
      }),
    ).toContain('DEF007');
    expect(
      failing((definition) => {
        definition.failOn = { staging: 'error' };
      }),
    ).toEqual([]);
  });

  it('is what is asked for, whatever the definition says', () => {
    expect(
      failing((definition) => {
        definition.failOn = { production: 'error' };
      }, 'warning'),
    ).toContain('DEF007');
  });
});
