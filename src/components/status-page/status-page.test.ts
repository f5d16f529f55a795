import { describe, expect, it } from 'vitest';
import { OBSERVED } from '../../observe/kinds.ts';
import { VERSION } from '../../util/index.ts';
import { pageImage } from './image.ts';
import { pageRules, SEEN } from './rights.ts';

describe('the image of the page', () => {
  it.each([
    ['https://github.com/Me/Lab', 'ghcr.io/me/lab'],
    ['ssh://git@github.com/me/lab.git', 'ghcr.io/me/lab'],
    ['git@codeberg.org:me/lab.git', 'codeberg.org/me/lab'],
    ['https://gitlab.com/group/sub/lab', 'registry.gitlab.com/group/sub/lab'],
  ])('of %s is beside it', (git, at) => {
    expect(pageImage(git)).toBe(`${at}/status-page:${VERSION}`);
  });
});

describe('the rights of the page', () => {
  it('are to read every kind that is observed, and no other', () => {
    const seen = SEEN.flatMap(({ apiGroups, resources }) =>
      resources.map((resource) => `${apiGroups[0]}/${resource}`),
    );
    const observed = OBSERVED.map(({ apiVersion, kind }) => {
      const [group = ''] = apiVersion.includes('/') ? apiVersion.split('/') : [''];
      const plural = kind.toLowerCase().replace(/y$/, 'ie');
      return `${group}/${plural.endsWith('s') ? `${plural}es` : `${plural}s`}`;
    });
    expect(seen.toSorted()).toEqual(observed.toSorted());
  });

  it('never change anything, and ask only monitoring through the API server', () => {
    const port = (service: string, number: number) => ({ namespace: 'monitoring', service, port: number });
    const rules = pageRules({
      endpoint: { kind: 'nodes' },
      prometheus: port('prometheus', 9090),
      alertmanager: port('alertmanager', 9093),
    }) as { verbs: string[]; resources?: string[]; resourceNames?: string[] }[];
    expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['get', 'list', 'watch']));
    const proxies = rules.filter(({ resources }) => resources?.includes('services/proxy'));
    expect(proxies.map(({ resourceNames }) => resourceNames)).toEqual([
      ['http:prometheus:9090', 'http:alertmanager:9093'],
    ]);
    for (const { resources = [] } of rules) {
      expect(resources).not.toContain('secrets');
      expect(resources).not.toContain('configmaps');
    }
  });
});
