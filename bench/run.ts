/**
 * `npm run bench [-- --peers] [-- --twin] [-- --page]`: figures of one run on one machine, as ratios where a ratio says more.
 * With --peers also beside programs that do a part of the same.
 * With --page also ten clusters, 200 readers and an hour of changes in five minutes.
 * With --twin also from start to ready, with an empty state and with the state of the run before.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { check } from '../src/check/index.ts';
import { compile } from '../src/compile/index.ts';
import { renderedBy } from '../src/lock/index.ts';
import { type Homelab, readHomelab } from '../src/model/index.ts';
import { loadDefinition } from '../src/project/index.ts';
import { generatedHomelab } from './homelab.ts';
import { page } from './page.ts';
import { peers } from './peers.ts';

const ROOT = new URL('../', import.meta.url).pathname;
const MAIN = join(ROOT, 'dist/cli/main.js');
/** No waiver has anything to do with a figure. */
const TODAY = '2026-01-01';
const REFERENCE = join(ROOT, 'homelab/homelab.ts');

/** Median of some runs after one to warm up, in milliseconds. */
async function median(work: () => unknown, runs = 9): Promise<number> {
  await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const since = performance.now();
    await work();
    times.push(performance.now() - since);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
}

function must(homelab: Homelab | undefined): Homelab {
  if (homelab === undefined) throw new Error('the definition has errors');
  return homelab;
}

function row(what: string, milliseconds: number, note = ''): void {
  console.log(`${what.padEnd(44)} ${milliseconds.toFixed(1).padStart(9)} ms  ${note}`);
}

async function pureCore(): Promise<void> {
  const { homelab: loaded, lock } = await loadDefinition(REFERENCE);
  const reference = must(loaded);
  const rendered = renderedBy(lock);
  row(
    'reference homelab: check, charts too',
    await median(() => check(reference, { today: TODAY, rendered })),
  );
  const base = await median(() => compile(reference));
  row('reference homelab: compile', base, `${compile(reference).size} files`);
  let first: number | undefined;
  for (const size of [5, 10, 25, 50]) {
    const homelab = must(readHomelab(generatedHomelab(size)).homelab);
    const each = (await median(() => compile(homelab), 5)) / size;
    first ??= each;
    row(`${size} clusters: compile, each cluster`, each, `${(each / first).toFixed(2)} x the time each of 5`);
  }
  let least: number | undefined;
  for (const size of [10, 100, 1000]) {
    const definition = generatedHomelab(size);
    const work = () => check(must(readHomelab(definition).homelab), { today: TODAY });
    const each = (await median(work, size > 100 ? 1 : 3)) / size;
    least ??= each;
    const memory = Math.round(process.memoryUsage().heapUsed / 1e6);
    row(
      `${size} clusters: read and check, each cluster`,
      each,
      `${(each / least).toFixed(2)} x the time each of 10, heap ${memory} MB`,
    );
  }
}

async function commandLine(): Promise<void> {
  const node = await median(() => execa('node', ['-e', '0']), 5);
  row('node, doing nothing', node);
  for (const args of [['--help'], ['check', '--definition', REFERENCE]]) {
    const time = await median(() => execa('node', [MAIN, ...args]), 5);
    row(`homeplane ${args[0]}`, time, `${(time / node).toFixed(1)} x node doing nothing`);
  }
}

async function twin(): Promise<void> {
  const state = mkdtempSync(join(tmpdir(), 'homeplane-bench-'));
  for (const what of ['empty state', 'state of the run before']) {
    const since = performance.now();
    const run = execa(
      'node',
      [MAIN, 'up', '--exit-when-ready', '--definition', REFERENCE, '--state', state, '--json'],
      { reject: false },
    );
    const booted = new Map<string, number>();
    for await (const line of run) {
      const event = JSON.parse(line) as { type: string; task?: string; seconds?: number };
      if (event.type === 'finished' && event.task?.startsWith('boot ') === true)
        booted.set(event.task, performance.now() - since);
    }
    const { exitCode } = await run;
    row(`twin, ${what}: control planes and Flux run`, Math.max(...booted.values()));
    row(
      `twin, ${what}: until the exit`,
      performance.now() - since,
      exitCode === 0 ? 'everything ready' : `exit ${exitCode}: charts are missing?`,
    );
  }
}

await pureCore();
await commandLine();
if (process.argv.includes('--peers')) await peers(MAIN, join(ROOT, 'homelab'), row);
if (process.argv.includes('--page')) await page(row);
if (process.argv.includes('--twin')) await twin();
