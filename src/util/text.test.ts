import { expect, it } from 'vitest';
import { nearest } from './suggest.ts';
import { formatBytes, formatDuration, plural } from './text.ts';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_500, '1.5 kB'],
  [105_000_000, '105 MB'],
])('says %d bytes as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

it.each([
  [0.42, '0.4 s'],
  [59.4, '59 s'],
  [125, '2 min 5 s'],
  [3780, '1 h 3 min'],
])('says %d seconds as %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

it('counts', () => {
  expect([plural(1, 'error'), plural(0, 'error'), plural(2, 'error')]).toEqual([
    '1 error',
    '0 errors',
    '2 errors',
  ]);
});

it('suggests what was probably meant, and nothing far-fetched', () => {
  expect(nearest('gatway', ['gateway', 'subnet'])).toBe('gateway');
  expect(nearest('colour', ['gateway', 'subnet'])).toBeUndefined();
  expect(nearest('x', [])).toBeUndefined();
});
