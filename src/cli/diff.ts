import { Command, Option } from '@commander-js/extra-typings';
import type { DiffReport, Side } from '../diff/index.ts';
import type { Lock } from '../lock/index.ts';
import { Fault, isFault } from '../util/index.ts';
import { hasErrors, loadSound, printFindings, type Sound } from './definition.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';
import { twinKubeconfig } from './kubeconfig.ts';
import { stateOption } from './options.ts';

export function diffCommand(io: Io) {
  return new Command('diff')
    .description('Say what a change does to the clusters: what restarts, moves, is deleted or opened.')
    .argument('[ref]', 'branch, tag or commit to compare the definition with', 'HEAD')
    .option('-d, --definition <file>', 'the definition (default: homelab.ts, homelab/homelab.ts)')
    .addOption(
      new Option('--format <format>', 'for people, or for a comment at a pull request')
        .choices(['text', 'markdown', 'json'] as const)
        .default('text' as const),
    )
    .option('--json', 'the same as --format json')
    .option('--all', 'every field, and also what changes labels only')
    .option('--charts <folder>', 'packaged charts to use instead of upstream (default: $HOMEPLANE_CHARTS)')
    .option('--no-render', 'do not render charts that the lock does not know as they are now')
    .option('--live <cluster>', 'compare with a cluster that runs: what applying the tree would do to it')
    .option('--kubeconfig <file>', 'with --live: how to reach it (default: the twin)')
    .addOption(stateOption())
    .option('--exit-code', 'exit with 1 when anything changes')
    .addHelpText(
      'after',
      '\nExamples:\n  homeplane diff\n  homeplane diff main\n  homeplane diff main --format markdown > comment.md\n  homeplane diff --live staging\n  homeplane diff --live production --kubeconfig ~/.kube/config\n  homeplane diff v1.2.0 --json | jq -r ".clusters[].changes[].object"\n',
    )
    .action(async (ref, options) => {
      const loaded = await loadSound({ ...io, out: () => undefined }, options.definition);
      if (loaded === undefined) return;
      const report =
        options.live === undefined
          ? await sinceRef(io, ref, loaded, options)
          : await againstLive(io, options.live, loaded, options);
      if (report === undefined) return;
      const { formatMarkdown, formatText } = await import('../diff/index.ts');
      const format = options.json === true ? 'json' : options.format;
      if (format === 'json') io.out(`${JSON.stringify(report, null, 2)}\n`);
      else if (format === 'markdown') io.out(formatMarkdown(report));
      else io.out(formatText(report, io.paint, options.all === true));
      if (options.exitCode === true && changesAnything(report)) process.exitCode = EXIT.findings;
    });
}

/** The definition at a Git ref and now. */
async function sinceRef(
  io: Io,
  ref: string,
  loaded: Sound,
  options: { readonly charts?: string | undefined; readonly render: boolean },
): Promise<DiffReport | undefined> {
  const { withDefinitionAt, loadDefinition } = await import('../project/index.ts');
  const before = await withDefinitionAt(loaded.file, ref, loadDefinition);
  if (before.homelab === undefined || hasErrors(before.findings)) {
    io.err(`at ${ref} the definition has errors:\n`);
    await printFindings({ ...io, out: io.err }, before.findings);
    process.exitCode = EXIT.findings;
    return undefined;
  }
  const { diffReport } = await import('../diff/index.ts');
  const charts = options.charts ?? process.env['HOMEPLANE_CHARTS'];
  const lock = options.render ? await freshLock(io, loaded, charts) : loaded.lock;
  return diffReport(sideOf({ ...before, homelab: before.homelab }), sideOf({ ...loaded, lock }));
}

/** A cluster that runs and the definition now. */
async function againstLive(
  io: Io,
  name: string,
  { homelab }: Sound,
  options: { readonly kubeconfig?: string | undefined; readonly state: string },
): Promise<DiffReport> {
  const { planHomelab } = await import('../compile/index.ts');
  const plans = planHomelab(homelab);
  const plan = plans.find(({ cluster }) => cluster.name === name);
  if (plan === undefined)
    throw new Fault('HP1305', `${name} (there are: ${plans.map(({ cluster }) => cluster.name).join(', ')})`);
  const { KubeClient, readKubeconfig } = await import('../kube/index.ts');
  const { drift } = await import('../observe/index.ts');
  const { entriesOf } = await import('../diff/index.ts');
  const client = new KubeClient(
    await readKubeconfig(options.kubeconfig ?? (await twinKubeconfig(options.state, name))),
  );
  try {
    const { changes, refused } = await drift(client, entriesOf(plan, undefined));
    for (const { object, message } of refused) io.err(`refused: ${object}: ${message}\n`);
    if (refused.length > 0) process.exitCode = EXIT.findings;
    return {
      clusters: [{ cluster: name, changes, unknown: [] }],
      machines: [],
      findings: { added: [], gone: [] },
    };
  } finally {
    client.close();
  }
}

function sideOf({ homelab, lock, findings }: Sound): Side {
  return { homelab, lock, findings };
}

/** The lock with what it does not know rendered now; as it is when a chart cannot be had. */
async function freshLock(
  io: Io,
  { homelab, lock }: Sound,
  charts: string | undefined,
): Promise<Lock | undefined> {
  const { EMPTY_LOCK, lockHomelab, staleReleases } = await import('../lock/index.ts');
  const { planHomelab } = await import('../compile/index.ts');
  if (planHomelab(homelab).every((plan) => staleReleases(plan, lock ?? EMPTY_LOCK).length === 0)) return lock;
  const { withProgram } = await import('./tools.ts');
  try {
    return await withProgram(io, 'helm', (helm, events) =>
      lockHomelab(homelab, { helm, charts, events, known: lock }),
    );
  } catch (error) {
    if (!isFault(error)) throw error;
    io.err(`what some charts change is not known: ${error.message}\n`);
    return lock;
  }
}

function changesAnything({ clusters, machines }: DiffReport): boolean {
  return machines.length > 0 || clusters.some(({ changes }) => changes.length > 0);
}
