import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from '@commander-js/extra-typings';
import type { ClusterStatus } from '../observe/index.ts';
import { plural } from '../util/index.ts';
import { loadSound, type Sound } from './definition.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';
import { positiveNumber, stateOption } from './options.ts';
import { openPage, PAGE_OPTIONS, type PageOptions } from './page.ts';
import { openWatch, reach, type Watch } from './watch.ts';

const FRAME_MS = 250;

export function statusCommand(io: Io) {
  return new Command('status')
    .description('Show how clusters that run are: what is ready, what waits, and the object at fault.')
    .argument('[clusters...]', 'clusters of the definition (default: all that the twin has)')
    .option('-d, --definition <file>', 'the definition (default: homelab.ts, homelab/homelab.ts)')
    .option('--kubeconfig <file>', 'how to reach the one cluster that is named (default: the twin)')
    .option(
      '--in-cluster',
      'serve the page of the cluster that this pod is in, by the definition that Flux has fetched',
    )
    .addOption(stateOption())
    .option('--timeout <seconds>', 'how long to wait for the first answer', positiveNumber, 15)
    .option('--watch', 'keep showing it, until Ctrl-C')
    .option('--json', 'as JSON')
    .option('--serve', 'show it as a page in the browser, until Ctrl-C')
    .addOption(PAGE_OPTIONS.port())
    .addOption(PAGE_OPTIONS.bind())
    .addOption(PAGE_OPTIONS.tokenFile())
    .addOption(PAGE_OPTIONS.allowedHost())
    .addOption(PAGE_OPTIONS.authProxy())
    .addOption(PAGE_OPTIONS.allowActions())
    .addHelpText(
      'after',
      '\nExit codes: 0 all is ready, 1 something is not.\n\nExamples:\n  homeplane status\n  homeplane status production --kubeconfig ~/.kube/config\n  homeplane status --watch\n  homeplane status production --kubeconfig ~/.kube/config --serve\n  homeplane status --json | jq -r ".clusters[].causes[].object"\n',
    )
    .action(async (names, options) => {
      if (options.inCluster === true) {
        const { serveInCluster } = await import('./in-cluster.ts');
        return serveInCluster(io, options);
      }
      const loaded = await loadSound({ ...io, out: io.err }, options.definition);
      if (loaded === undefined) return;
      const targets = await reach(loaded.homelab, names, options);
      const watch = await openWatch(loaded.homelab, targets);
      try {
        if (options.serve === true) return await serve(io, loaded, watch, options);
        await watch.answered(options.timeout * 1000);
        await show(io, watch, options);
        process.exitCode = watch.statuses().every(({ ready }) => ready) ? EXIT.fine : EXIT.findings;
      } finally {
        watch.close();
      }
    });
}

/** Serves the page until somebody says that it is enough. */
async function serve(
  io: Io,
  { homelab, lock, findings }: Sound,
  watch: Watch,
  options: PageOptions & { readonly state: string; readonly kubeconfig?: string | undefined },
): Promise<void> {
  const [{ factsOf, HomelabState }, { docsPages }, { renderedBy }] = await Promise.all([
    import('../status/index.ts'),
    import('../docs/index.ts'),
    import('../lock/index.ts'),
  ]);
  const twin = options.kubeconfig === undefined;
  const state = new HomelabState({ twin, watched: watch.statuses().map(({ name }) => name) });
  state.define(factsOf(homelab, renderedBy(lock), findings));
  watch.show(state, { measures: !twin, drift: true });
  const client = (name: string) => watch.client(name);
  const pages = docsPages(homelab, renderedBy(lock));
  const alertmanager = (name: string) => watch.alertmanager(name);
  const docs = () => pages;
  const server = await openPage(io, options, { state, client, alertmanager, docs, folder: options.state });
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
  });
  await server.stop();
}

async function show(
  io: Io,
  watch: Watch,
  { json, watch: keep }: { readonly json?: true | undefined; readonly watch?: true | undefined },
): Promise<void> {
  const { renderClusters } = await import('../status/index.ts');
  const columns = process.stdout.columns || 120;
  const text = () =>
    json === true
      ? `${JSON.stringify({ clusters: watch.statuses() }, null, keep === true ? 0 : 2)}\n`
      : `${renderClusters(watch.statuses(), io.paint, columns)}${summary(watch.statuses())}\n`;
  if (keep !== true) return io.out(text());
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  if (json !== true && io.interactive) {
    const { createLogUpdate } = await import('log-update');
    const update = createLogUpdate(process.stdout, { showCursor: true });
    for (; !interrupted.signal.aborted; await sleep(FRAME_MS)) update(text());
    return update.done();
  }
  let last = '';
  for (; !interrupted.signal.aborted; await sleep(FRAME_MS)) {
    const now = text();
    if (now !== last) io.out(now);
    last = now;
  }
}

function summary(statuses: readonly ClusterStatus[]): string {
  const ready = statuses.filter((status) => status.ready).length;
  return `${ready} of ${plural(statuses.length, 'cluster')} ready`;
}
