import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { referencePages } from '../../scripts/reference.ts';
import { FAULTS } from '../../src/util/index.ts';

const ROOT = new URL('../../', import.meta.url).pathname;

describe('the reference', () => {
  it.each([...referencePages()])('docs/%s is fresh: run `npm run docs`', (path, content) => {
    expect(readFileSync(join(ROOT, 'docs', path), 'utf8')).toBe(content);
  });
});

describe('faults', () => {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.endsWith('util/fault.ts'))
    .map((path) => readFileSync(join(ROOT, 'src', path), 'utf8'))
    .join('\n');

  it('are all thrown somewhere', () => {
    const unused = Object.keys(FAULTS).filter((code) => !sources.includes(`'${code}'`));
    expect(unused).toEqual([]);
  });
});

describe('the pages', () => {
  const pages = [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    ...readdirSync(join(ROOT, 'docs/adr')).map((file) => `docs/adr/${file}`),
  ];

  it.each(pages)('%s links only to files that are there', (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    const links = [...text.matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)].map((match) => match[1] ?? '');
    const missing = links.filter((link) => {
      try {
        readFileSync(join(ROOT, page, '..', link));
        return false;
      } catch (error) {
        return (error as NodeJS.ErrnoException).code !== 'EISDIR';
      }
    });
    expect(missing).toEqual([]);
  });

  it('describe every folder of src/', () => {
    const architecture = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
    for (const entry of readdirSync(join(ROOT, 'src'), { withFileTypes: true }))
      if (entry.isDirectory()) expect(architecture).toMatch(new RegExp(`^  ${entry.name}/ `, 'm'));
  });
});
