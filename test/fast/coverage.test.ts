import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROOFS } from '../../scripts/reference-coverage/proofs.ts';
import { COVERAGE } from '../../scripts/reference-coverage/rows.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
/** Laid beside a developer's checkout; without it the table is held against itself only. */
const REFERENCE = join(ROOT, '../shared/reference/cluster-architecture.md');

it.each(Object.values(PROOFS).map((proof) => [proof.file, proof.text, proof] as const))(
  '%s has %s',
  (file, text, { test }) => {
    expect(readFileSync(join(ROOT, 'homelab', file), 'utf8')).toContain(text);
    expect(existsSync(join(ROOT, test)), test).toBe(true);
  },
);

it('leaves no row empty, and says of open ones what brings them', () => {
  for (const rows of Object.values(COVERAGE)) {
    expect(Object.keys(rows).length).toBeGreaterThan(0);
    for (const shown of Object.values(rows))
      if (typeof shown !== 'string') expect(shown.open.length).toBeGreaterThan(10);
  }
});

describe.skipIf(!existsSync(REFERENCE))('every box, row and bullet of the reference', () => {
  it('has a row, and no row is of something else', () => {
    const rows = Object.entries(COVERAGE).flatMap(([section, items]) =>
      Object.keys(items).map((item) => `${section}: ${item}`),
    );
    expect(rows.toSorted()).toEqual([...new Set(itemsOf(readFileSync(REFERENCE, 'utf8')))].toSorted());
  });
});

/** Boxes of diagrams, settings of YAML blocks, bullets and first cells, each with the heading it stands under. */
function itemsOf(text: string): string[] {
  const items: string[] = [];
  let section = '';
  let fence: string | undefined;
  for (const line of text.split('\n')) {
    const mark = /^\s*```(\w*)/.exec(line);
    if (mark !== null) fence = fence === undefined ? (mark[1] ?? '') : undefined;
    else if (fence === 'mermaid') items.push(...boxes(line).map((box) => `${section}: ${box}`));
    else if (fence === 'yaml') {
      const setting = /^\s*([A-Z][\w ]+): *(\S.*)$/.exec(line);
      if (setting !== null) items.push(`${section}: ${setting[1]}: ${setting[2]?.trim()}`);
    } else {
      const heading = /^#{2,4}\s+(?:[^\w\s]+\s*)?(.+)$/u.exec(line)?.[1];
      const tab = /^=== "(.+)"/.exec(line)?.[1];
      if (heading !== undefined) section = heading;
      else if (tab !== undefined) section = `${section.split(' / ')[0]} / ${tab}`;
      else items.push(...entries(line).map((entry) => `${section}: ${entry}`));
    }
  }
  return items;
}

function boxes(line: string): string[] {
  const nodes = [...line.matchAll(/\w+\[([^\]]+)\]/g)].map(([, label = '']) => label.replace('<br/>', ' '));
  const groups = [...line.matchAll(/subgraph "([^"]+)"/g)].map(([, label = '']) => label);
  return [...nodes, ...groups];
}

function entries(line: string): string[] {
  const bullet = /^\s*- (.+)$/.exec(line)?.[1];
  if (bullet !== undefined) return [/\*\*(.+?)\*\*/.exec(bullet)?.[1] ?? bullet];
  const cell = /^\s*\|\s*(?!-)([^|]+?)\s*\|/.exec(line)?.[1]?.replace(/[*`]/g, '');
  return cell === undefined || cell === 'Component' || cell === 'Class' ? [] : [cell];
}
