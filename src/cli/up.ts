import { Command } from '@commander-js/extra-typings';
import type { UpEvent } from '../status/index.ts';
import { loadSound } from './definition.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';
import { positiveNumber, stateOption } from './options.ts';
import { openPage, PAGE_OPTIONS } from './page.ts';

export function upCommand(io: Io) {
  return new Command('up')
    .description('Run the homelab on this machine: real control planes, real Flux, simulated nodes.')
    .argument('[cluster...]', 'clusters to bring up (default: all)')
    .option('-d, --definition <file>', 'the definition (default: homelab.ts, homelab/homelab.ts)')
    .addOption(stateOption())
    .option('--charts <folder>', 'packaged charts to use instead of upstream (default: $HOMEPLANE_CHARTS)')
    .option('--exit-when-ready', 'stop everything and exit as soon as all is ready')
    .option('--timeout <seconds>', 'how long --exit-when-ready waits', positiveNumber, 3600)
    .option('--json', 'events as lines of JSON')
    .option('--no-page', 'no page in the browser')
    .addOption(PAGE_OPTIONS.port())
    .addOption(PAGE_OPTIONS.bind())
    .addOption(PAGE_OPTIONS.tokenFile())
    .addOption(PAGE_OPTIONS.allowedHost())
    .addOption(PAGE_OPTIONS.authProxy())
    .addOption(PAGE_OPTIONS.allowActions())
    .addHelpText(
      'after',
      '\nExamples:\n  homeplane up\n  homeplane up staging --exit-when-ready --timeout 600\n  homeplane up --json | jq -c "select(.type == \\"cause\\")"\n',
    )
    .action(async (clusters, options) => {
      const loaded = await loadSound(options.json === true ? { ...io, out: io.err } : io, options.definition);
      if (loaded === undefined) return;
      const [{ Session }, { State }, { HomelabState }] = await Promise.all([
        import('./session.ts'),
        import('../twin/index.ts'),
        import('../status/index.ts'),
      ]);
      const page = options.page
        ? new HomelabState({ twin: true, watched: clusters.length > 0 ? clusters : undefined })
        : undefined;
      const session = new Session(loaded.homelab, {
        definition: loaded.file,
        clusters,
        charts: options.charts ?? process.env['HOMEPLANE_CHARTS'],
        lock: loaded.lock,
        findings: loaded.findings,
        state: new State(options.state),
        page,
      });
      const client = (cluster: string) => session.client(cluster);
      const docs = () => session.docs;
      // Pods of a twin are simulated: its Alertmanager answers nobody.
      const alertmanager = () => undefined;
      const folder = options.state;
      const server =
        page && (await openPage(io, options, { state: page, client, alertmanager, docs, folder }));
      const abort = new AbortController();
      const stopped = onSignals(() => abort.abort());
      const close = await openView(io, session, options.json === true);
      if (server !== undefined) session.events.emit({ type: 'page', url: `${server.url}/` });
      try {
        const started = session.start();
        await untilAborted(started, abort.signal);
        if (options.exitWhenReady === true) await session.untilReady(options.timeout * 1000, abort.signal);
        else await new Promise((resolve) => abort.signal.addEventListener('abort', resolve, { once: true }));
      } catch (error) {
        if (!abort.signal.aborted) throw error;
      } finally {
        close();
        await Promise.all([session.stop(), server?.stop()]);
        stopped();
      }
    });
}

/** Rejects as soon as the signal says so, whatever the work still does. */
function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new DOMException('interrupted', 'AbortError')), {
      once: true,
    });
    work.then(resolve, reject);
  });
}

/** Shows the session's events. @returns what ends the show. */
async function openView(
  io: Io,
  session: { events: { subscribe(read: (event: UpEvent) => void): () => void } },
  json: boolean,
) {
  const { jsonLines, plainLines } = await import('../status/index.ts');
  if (!json && io.interactive) return (await import('./live.ts')).openScreen(io, session);
  const toLines = json ? jsonLines() : plainLines(io.paint);
  return session.events.subscribe((event) => {
    for (const line of toLines(event)) io.out(`${line}\n`);
  });
}

/** The first signal asks, the second insists: the keeper then ends what is left. */
function onSignals(stop: () => void): () => void {
  let asked = false;
  const handle = () => {
    if (asked) process.exit(EXIT.fault);
    asked = true;
    stop();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, handle);
  return () => {
    for (const signal of signals) process.off(signal, handle);
  };
}
