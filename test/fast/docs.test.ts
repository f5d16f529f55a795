import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { referencePages } from '../../scripts/reference.ts';
import { makeProgram } from '../../src/cli/program.ts';
import { FAULTS, plain } from '../../src/util/index.ts';

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
    'docs/index.md',
    'docs/guide.md',
    'docs/concepts.md',
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

  it('tell of commands and options that there are', () => {
    const program = makeProgram({
      out: () => undefined,
      err: () => undefined,
      paint: plain,
      interactive: false,
    });
    const texts = ['README.md', 'docs/guide.md', 'docs/concepts.md'].map((page) =>
      readFileSync(join(ROOT, page), 'utf8'),
    );
    const homelabDocs = join(ROOT, 'homelab/docs');
    for (const file of readdirSync(homelabDocs, { recursive: true, encoding: 'utf8' }))
      if (file.endsWith('.md')) texts.push(readFileSync(join(homelabDocs, file), 'utf8'));
    const told = texts.flatMap((text) =>
      [...text.replaceAll('\\\n', ' ').matchAll(/(?:^|`)homeplane ([a-z][^\n`#>|]*)/gm)].map(
        ([, line = '']) => line.trim(),
      ),
    );
    expect(told.length).toBeGreaterThan(30);
    for (const line of told) {
      const [name, sub, ...rest] = line.split(/\s+/);
      const command = program.commands.find((one) => one.name() === name);
      expect(command, line).toBeDefined();
      const inner = command?.commands.find((one) => one.name() === sub);
      const words = inner === undefined ? [sub ?? '', ...rest] : rest;
      const known = (inner ?? command)?.options.map(({ long }) => long) ?? [];
      for (const word of words)
        if (word.startsWith('--')) expect([...known, '--help'], line).toContain(word.split('=')[0]);
    }
  });

  it('describe every folder of src/', () => {
    const architecture = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
    for (const entry of readdirSync(join(ROOT, 'src'), { withFileTypes: true }))
      if (entry.isDirectory()) expect(architecture).toMatch(new RegExp(`^  ${entry.name}/ `, 'm'));
  });
});
