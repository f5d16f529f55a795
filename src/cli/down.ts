import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from '@commander-js/extra-typings';
import type { Io } from './io.ts';
import { stateOption } from './options.ts';

const PATIENCE_MS = 60_000;

export function downCommand(io: Io) {
  return new Command('down')
    .description('Stop the twin that runs here.')
    .addOption(stateOption())
    .option('--purge', 'remove its state too: databases, keys, logs, commits')
    .addHelpText('after', '\nExamples:\n  homeplane down\n  homeplane down --purge\n')
    .action(async (options) => {
      const { State } = await import('../twin/index.ts');
      const { endLeftovers } = await import('../process/index.ts');
      const state = new State(options.state);
      const pid = await state.runningPid();
      if (pid === undefined) {
        const ended = await endLeftovers(await state.readPids());
        io.out(ended > 0 ? `ended ${ended} processes that were left over\n` : 'no twin is running here\n');
      } else {
        process.kill(pid, 'SIGTERM');
        io.out(`stopping process ${pid} ...\n`);
        await untilGone(() => state.runningPid());
        io.out('stopped\n');
      }
      if (options.purge === true) {
        await state.purge();
        io.out(`removed ${state.folder}\n`);
      }
    });
}

async function untilGone(running: () => Promise<number | undefined>): Promise<void> {
  const { Fault } = await import('../util/index.ts');
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(200)) {
    const pid = await running();
    if (pid === undefined) return;
    if (Date.now() > deadline)
      throw new Fault('HP1309', `process ${pid} has not ended in ${PATIENCE_MS / 1000} s`);
  }
}
