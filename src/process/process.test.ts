import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa, execaSync } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive } from '../../test/support/alive.ts';
import { Stream } from '../util/index.ts';
import { ProcessKeeper } from './client.ts';
import { endLeftovers } from './leftovers.ts';
import { PortPool } from './ports.ts';
import { probeHttp } from './probe.ts';
import { run } from './run.ts';
import { type ProcessEvent, Supervisor } from './supervisor.ts';

const CHILD = new URL('../../test/support/child.mjs', import.meta.url).pathname;
const OWNER = new URL('../../test/support/owner.mjs', import.meta.url).pathname;
const IMPATIENT = {
  startMs: 1_500,
  probeMs: 50,
  failures: 3,
  backoffMs: 20,
  longestBackoffMs: 80,
  graceMs: 300,
  attempts: 3,
};

let keeper: ProcessKeeper;
let living: { pid: number; file: string }[] = [];
beforeEach(() => {
  living = [];
  keeper = new ProcessKeeper((now) => {
    living = now;
  });
});
afterEach(() => keeper.close());

async function supervised(mode: string, extra = '') {
  const [port] = await new PortPool().allocate(1);
  const events = new Stream<ProcessEvent>();
  const seen: ProcessEvent[] = [];
  events.subscribe((event) => seen.push(event));
  const supervisor = new Supervisor(keeper, events, IMPATIENT);
  const log = join(await mkdtemp(join(tmpdir(), 'homeplane-log-')), 'child.log');
  const probe =
    mode === 'hang'
      ? async () => Promise.resolve(false)
      : probeHttp({ url: `http://127.0.0.1:${port}/` }, 200);
  const started = supervisor.start({
    name: mode,
    command: { file: process.execPath, args: [CHILD, mode, String(port), extra] },
    log,
    probe,
  });
  return { supervisor, seen, log, started };
}

async function until(what: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 15_000; !what(); await sleep(20))
    if (Date.now() > deadline) throw new Error(`never: ${what.toString()}`);
}

describe('the supervisor', () => {
  it('runs a program until it is stopped', async () => {
    const { supervisor, seen, started } = await supervised('serve');
    await started;
    await supervisor.stopAll();
    expect(seen.map(({ type }) => type)).toEqual(['process-started', 'process-ready', 'process-stopped']);
    expect(living).toEqual([]);
  });

  it('gives up on one that dies before it was ever ready, and says so with its log', async () => {
    const { started, seen, log } = await supervised('die');
    await expect(started).rejects.toMatchObject({
      code: 'HP1303',
      message: expect.stringContaining(`die exited with 3, log: ${log}`) as string,
    });
    expect(seen.filter(({ type }) => type === 'process-died')).toHaveLength(2);
  });

  it('starts one again that dies later, with growing pauses', async () => {
    const { supervisor, started, seen } = await supervised('die-later', '100');
    await started;
    await until(() => seen.filter(({ type }) => type === 'process-ready').length >= 3);
    await supervisor.stopAll();
    expect(seen).toContainEqual(
      expect.objectContaining({ type: 'process-died', reason: 'exited with 4', restartSeconds: 0.02 }),
    );
  });

  it('starts one again that hangs after it was ready', async () => {
    const { supervisor, started, seen } = await supervised('hang-later', '200');
    await started;
    await until(() => seen.filter(({ type }) => type === 'process-ready').length >= 2);
    await supervisor.stopAll();
    expect(seen).toContainEqual(
      expect.objectContaining({ type: 'process-died', reason: 'stopped answering (3 times in a row)' }),
    );
  }, 60_000);

  it('gives up on one that never answers', async () => {
    const { started } = await supervised('hang');
    await expect(started).rejects.toMatchObject({
      code: 'HP1303',
      message: expect.stringContaining('did not answer within 1.5 s') as string,
    });
  });

  it('kills one that ignores SIGTERM', async () => {
    const { supervisor, started, seen } = await supervised('stubborn');
    await started;
    const pid = seen.flatMap((event) => (event.type === 'process-started' ? [event.pid] : []))[0] ?? 0;
    await supervisor.stopAll();
    expect(isAlive(pid)).toBe(false);
  });

  it('keeps the log of one that floods within bounds, and it still runs', async () => {
    const { supervisor, started, log } = await supervised('flood');
    await started;
    await sleep(1_500);
    await supervisor.stopAll();
    const sizes = await Promise.all(
      [log, `${log}.1`].map((file) =>
        stat(file).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
    );
    expect(Math.max(...sizes)).toBeLessThan(17 * 2 ** 20);
    expect(sizes[0]).toBeGreaterThan(0);
  });

  it('stops a start that is under way', async () => {
    const { supervisor, started } = await supervised('hang');
    const rejected = expect(started).rejects.toMatchObject({ name: 'AbortError' });
    await sleep(200);
    await supervisor.stopAll();
    await rejected;
    expect(living).toEqual([]);
  });
});

describe('when homeplane is killed', () => {
  it('the keeper ends every process and their children', async () => {
    const owner = spawn(process.execPath, [OWNER], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pids: number[] = [];
    for await (const line of createInterface({ input: owner.stdout })) {
      if (line === 'ready') break;
      pids.push(Number(line));
    }
    const grandchildren = () =>
      execaSync('pgrep', ['-P', pids.join(',')], { reject: false })
        .stdout.split('\n')
        .filter((line) => line !== '');
    await until(() => grandchildren().length === 1);
    pids.push(...grandchildren().map(Number));
    expect(pids.every(isAlive)).toBe(true);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    await until(() => !pids.some(isAlive));
  });
});

describe('when the keeper is killed', () => {
  it('homeplane ends its processes and starts them anew through another', async () => {
    const { supervisor, started, seen } = await supervised('serve');
    await started;
    const first = living[0]?.pid ?? 0;
    const { stdout } = await execa('ps', ['-o', 'ppid=', '-p', String(first)]);
    process.kill(Number(stdout), 'SIGKILL');
    await until(() => seen.filter(({ type }) => type === 'process-ready').length === 2);
    expect(isAlive(first)).toBe(false);
    await supervisor.stopAll();
  });
});

describe('leftovers', () => {
  it('are ended when they still run what was recorded, and nothing else is', async () => {
    const child = spawn(process.execPath, [CHILD, 'stubborn', '0'], { detached: true, stdio: 'ignore' });
    const pid = child.pid ?? 0;
    const gone = once(child, 'exit');
    expect(await endLeftovers([{ pid, file: '/somewhere/else/etcd' }])).toBe(0);
    expect(isAlive(pid)).toBe(true);
    expect(
      await endLeftovers([
        { pid, file: process.execPath },
        { pid: 999_999, file: process.execPath },
      ]),
    ).toBe(1);
    await gone;
  });
});

describe('running to the end', () => {
  it('gives the exit code and the output', async () => {
    const script = 'console.log("out"); console.error("err"); process.exit(5)';
    expect(await run(keeper, { file: process.execPath, args: ['-e', script] })).toEqual({
      code: 5,
      stdout: 'out',
      stderr: 'err',
    });
  });

  it('says when there is no such program', async () => {
    await expect(run(keeper, { file: '/nowhere/program', args: [] })).rejects.toThrow('/nowhere/program');
  });
});

describe('ports', () => {
  it('are given out once, also to callers at the same moment, and again where they are preferred', async () => {
    const pool = new PortPool();
    const blocks = await Promise.all(Array.from({ length: 20 }, () => pool.allocate(12)));
    expect(new Set(blocks.flat()).size).toBe(240);
    expect(await new PortPool().allocate(12, blocks[0])).toEqual(blocks[0]);
    expect(await pool.allocate(12, blocks[0])).not.toEqual(blocks[0]);
  });

  it('that somebody else has are not given out', async () => {
    const [port = 0] = await new PortPool().allocate(1);
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    expect(await new PortPool().allocate(1, [port])).not.toEqual([port]);
    server.close();
  });
});
