import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { checkObjects, makeWorld, RULES } from '../../src/check/index.ts';
import { compareItems } from '../../src/diff/index.ts';
import type { KubeObject } from '../../src/kube/index.ts';
import { findRoots } from '../../src/repository/roots.ts';
import { isObject, scan } from '../../src/repository/scan.ts';

/** Objects that make the rules look closely: their own examples. */
const EXAMPLES = RULES.flatMap((rule) => ('inspect' in rule ? [rule.bad, rule.good] : [])).map((text) =>
  parseAllDocuments(text).map((document) => document.toJS() as KubeObject),
);

/** Every path into a value. */
function paths(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => paths(inner, [...path, key]))];
}

function replaced(value: unknown, path: readonly (string | number)[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

/** What every map of JavaScript seems to have. */
const INHERITED = fc.constantFrom('valueOf', 'constructor', '__proto__', 'toString', 'hasOwnProperty');

describe('whatever an object has in it', () => {
  const damaged = fc.constantFrom(...EXAMPLES).chain((objects) =>
    fc
      .tuple(fc.nat(objects.length - 1), fc.nat(), fc.oneof(fc.jsonValue(), INHERITED))
      .map(([index, which, by]) => {
        const object = objects[index];
        const all = paths(object);
        const path = all[which % all.length] ?? [];
        return objects.map((each, at) => (at === index ? replaced(each, path, by) : each));
      }),
  );

  it('no rule fails on it', () => {
    fc.assert(
      fc.property(damaged, (values) => {
        const objects = values.filter(isObject);
        for (const { message } of checkObjects(makeWorld(objects, { whole: true }), () => undefined))
          expect(message).not.toContain('undefined');
      }),
      { numRuns: 3000 },
    );
  });

  it('nor does a comparison with what it was', () => {
    fc.assert(
      fc.property(damaged, fc.constantFrom(...EXAMPLES), (values, before) => {
        const entries = (objects: readonly unknown[]) =>
          objects.filter(isObject).map((object) => ({ object }));
        compareItems(entries(before), entries(values));
        expect(compareItems(entries(values), entries(values))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('and roots are looked for in it', () => {
    fc.assert(
      fc.property(damaged, (values) => {
        findRoots(values.filter(isObject).map((object) => ({ object, file: 'a/b.yaml', line: 1 })));
      }),
      { numRuns: 500 },
    );
  });
});

describe('whatever a folder has in it', () => {
  const BOMB = `kind: &a [x,x,x,x,x,x,x,x,x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, index) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[index]}`).join(',')}]`).join('\n')}\n`;

  it.each([
    ['no YAML', ': : kind: [}'],
    ['no text', Buffer.from([0x6b, 0x69, 0x6e, 0x64, 0x3a, 0xff, 0xfe, 0x80])],
    ['a bomb of aliases', BOMB],
    ['deep nesting', `kind: ${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['many documents', 'kind: X\n---\n'.repeat(2000)],
    ['a tag that runs code elsewhere', 'kind: !!js/function "function () { process.exit(1) }"\n'],
    [
      'a key that is every object’s',
      'apiVersion: v1\nkind: X\nmetadata: { name: x }\n__proto__: { polluted: true }\n',
    ],
  ])('%s is read without harm', async (_, content) => {
    const folder = await mkdtemp(join(tmpdir(), 'homeplane-fuzz-'));
    await writeFile(join(folder, 'a.yaml'), content);
    const { objects } = await scan(folder);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(objects.length).toBeLessThanOrEqual(1);
  });

  it('a file of over 5 MB is named and not read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'homeplane-fuzz-'));
    await writeFile(join(folder, 'large.yaml'), `kind: X\n# ${'x'.repeat(5_000_001)}`);
    expect((await scan(folder)).skipped).toEqual([{ file: 'large.yaml', why: 'it has over 5 MB' }]);
  });

  it('links that leave the folder or go in circles are not followed', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'homeplane-outside-'));
    await writeFile(
      join(outside, 'canary.yaml'),
      'apiVersion: v1\nkind: Secret\nmetadata: { name: canary }\n',
    );
    const folder = await mkdtemp(join(tmpdir(), 'homeplane-fuzz-'));
    await mkdir(join(folder, 'inner'));
    await symlink(join(outside, 'canary.yaml'), join(folder, 'file.yaml'));
    await symlink(outside, join(folder, 'folder'));
    await symlink(folder, join(folder, 'inner', 'circle'));
    await symlink('/dev/zero', join(folder, 'endless.yaml'));
    expect(await scan(folder)).toEqual({ objects: [], skipped: [] });
  });
});
