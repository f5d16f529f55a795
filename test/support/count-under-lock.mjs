// Adds one to a counter file N times, each time under the lock: read, wait, write, so that any overlap loses a count.
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { acquireLock } from '../../dist/util/index.js';

const [file, counter, times] = process.argv.slice(2);
for (let i = 0; i < Number(times); i++) {
  const lock = await acquireLock(file, () => true);
  const value = Number(await readFile(counter, 'utf8'));
  await sleep(1);
  await writeFile(counter, String(value + 1));
  await lock.release();
}
