import { describe, expect, it } from 'vitest';
import { layered, reduced } from './graph.ts';

const NODES = [
  { key: 'git', needs: [] },
  { key: 'a', needs: ['git'] },
  { key: 'b', needs: ['git', 'a'] },
  { key: 'c', needs: ['git', 'b', 'elsewhere'] },
];

describe('a graph', () => {
  it('has each box after the last that it needs', () => {
    const places = layered(NODES);
    expect(NODES.map(({ key }) => places.get(key)?.column)).toEqual([0, 1, 2, 3]);
  });

  it('can be drawn with a circle in it', () => {
    const circle = [
      { key: 'a', needs: ['b'] },
      { key: 'b', needs: ['a'] },
    ];
    expect(layered(circle).size).toBe(2);
    expect(reduced(circle).size).toBe(2);
  });

  it('needs only what does not follow', () => {
    expect(Object.fromEntries(reduced(NODES))).toEqual({
      git: [],
      a: ['git'],
      b: ['a'],
      c: ['b', 'elsewhere'],
    });
  });
});
