import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeEach, expect, it } from 'vitest';
import { acquireLock, lockHolder } from './lock.ts';

let file: string;
beforeEach(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'homeplane-lock-')), 'lock');
});

const giveUp = () => false;

it('is held by one at a time and free after release', async () => {
  const lock = await acquireLock(file, giveUp);
  expect(await acquireLock(file, giveUp)).toBeUndefined();
  expect(await lockHolder(file)).toBe(process.pid);
  await lock?.release();
  expect(await lockHolder(file)).toBeUndefined();
  await (await acquireLock(file, giveUp))?.release();
});

it('is taken over from a process that is gone', async () => {
  const child = execa('true');
  const { pid } = child;
  await child;
  await writeFile(file, `${pid} dead\n`);
  const lock = await acquireLock(file, giveUp);
  expect(await readFile(file, 'utf8')).toMatch(new RegExp(`^${process.pid} `));
  await lock?.release();
});

it('is taken over even when an earlier takeover was killed half way', { timeout: 15_000 }, async () => {
  await writeFile(file, '999999999 dead\n');
  await writeFile(`${file}.takeover`, '');
  const lock = await acquireLock(file, giveUp);
  expect(lock).toBeDefined();
  await lock?.release();
});

it('keeps many processes that fight over a dead lock apart', { timeout: 60_000 }, async () => {
  await writeFile(file, '999999999 dead\n');
  const counter = `${file}.counter`;
  await writeFile(counter, '0');
  const script = new URL('../../test/support/count-under-lock.mjs', import.meta.url).pathname;
  await Promise.all(Array.from({ length: 6 }, () => execa('node', [script, file, counter, '15'])));
  expect(await readFile(counter, 'utf8')).toBe(String(6 * 15));
});
