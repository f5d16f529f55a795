import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delta, Item } from './item.ts';
import { Store } from './store.ts';

const task = (name: string, done: number): [string, Item] => [
  `task/${name}`,
  { type: 'task', task: name, done, detail: '' },
];

/** What a reader has who was sent these. */
function replay(jsons: readonly string[], from: Readonly<Record<string, Item>> = {}): Record<string, Item> {
  const items = { ...from };
  for (const json of jsons) {
    const { set, gone } = JSON.parse(json) as Delta;
    Object.assign(items, set);
    for (const key of gone) delete items[key];
  }
  return items;
}

describe('the store', () => {
  it('has a new version only when something is different', () => {
    const store = new Store();
    store.set('a', new Map([task('x', 1)]));
    store.set('a', new Map([task('x', 1)]));
    expect(store.version).toBe(1);
    store.set('a', new Map([task('x', 2)]));
    expect(store.version).toBe(2);
  });

  it('takes away what a part no longer has, and leaves other parts alone', () => {
    const store = new Store();
    store.set('a', new Map([task('x', 1), task('y', 1)]));
    store.set('b', new Map([task('z', 1)]));
    const changes = store.set('a', new Map([task('y', 1)]));
    expect(changes).toEqual([
      { key: 'task/x', before: expect.objectContaining({ done: 1 }), after: undefined },
    ]);
    expect([...store.items()].map(([key]) => key)).toEqual(['task/y', 'task/z']);
  });

  it('knows what came after a version, until that is too long ago', () => {
    const store = new Store();
    for (let done = 1; done <= 600; done += 1) store.set('a', new Map([task('x', done)]));
    expect(store.since(600)).toEqual([]);
    expect(store.since(590)?.map(({ version }) => version)).toEqual([
      591, 592, 593, 594, 595, 596, 597, 598, 599, 600,
    ]);
    expect(store.since(88)).toHaveLength(512);
    expect(store.since(87)).toBeUndefined();
    expect(store.since(601)).toBeUndefined();
  });

  it('gives whoever comes at any time the same as whoever was there from the start', () => {
    const steps = fc.array(
      fc.record({
        part: fc.constantFrom('a', 'b'),
        names: fc.dictionary(fc.constantFrom('p', 'q', 'r'), fc.nat(3)),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(steps, fc.nat(30), (all, at) => {
        const store = new Store();
        let late: { version: number; items: Record<string, Item> } | undefined;
        for (const [index, { part, names }] of all.entries()) {
          if (index === at) {
            const { version, json } = store.snapshot();
            late = { version, items: replay([json]) };
          }
          store.set(part, new Map(Object.entries(names).map(([name, done]) => task(`${part}${name}`, done))));
        }
        const now = Object.fromEntries(store.items());
        expect(replay((store.since(0) ?? []).map(({ json }) => json))).toEqual(now);
        if (late !== undefined)
          expect(
            replay(
              (store.since(late.version) ?? []).map(({ json }) => json),
              late.items,
            ),
          ).toEqual(now);
      }),
    );
  });
});
