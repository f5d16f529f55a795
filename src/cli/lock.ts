import { dirname, join } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { plural } from '../util/index.ts';
import { loadSound } from './definition.ts';
import type { Io } from './io.ts';

export function lockCommand(io: Io) {
  return new Command('lock')
    .description('Record facts about every pinned chart, so that a twin can do without the chart.')
    .option('-d, --definition <file>', 'the definition (default: homelab.ts, homelab/homelab.ts)')
    .option('--charts <folder>', 'packaged charts to use instead of upstream (default: $HOMEPLANE_CHARTS)')
    .option('--all', 'render every chart again, also those that the lock knows as they are')
    .option('--json', 'what was locked as JSON')
    .addHelpText('after', '\nExamples:\n  homeplane lock\n  homeplane lock --charts ~/charts\n')
    .action(async (options) => {
      const loaded = await loadSound({ ...io, out: io.err }, options.definition);
      if (loaded === undefined) return;
      const { LOCK_FILE, lockHomelab, writeLock } = await import('../lock/index.ts');
      const { withProgram } = await import('./tools.ts');
      await withProgram(io, 'helm', async (helm, events) => {
        const charts = options.charts ?? process.env['HOMEPLANE_CHARTS'];
        const file = join(dirname(loaded.file), LOCK_FILE);
        const known = options.all === true ? undefined : loaded.lock;
        const lock = await lockHomelab(loaded.homelab, { helm, charts, events, known });
        await writeLock(file, lock);
        const releases = Object.values(lock.clusters).flatMap((cluster) => Object.values(cluster));
        const summary = releases.map(({ chart, version, digest }) => ({ chart, version, digest }));
        io.out(
          options.json === true
            ? `${JSON.stringify({ file, releases: summary })}\n`
            : `${file}: ${plural(releases.length, 'release')}\n`,
        );
      });
    });
}
