import { dirname, join } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { loadSound, type Sound } from './definition.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';
import { positiveNumber, stateOption } from './options.ts';

export function docsCommand(io: Io) {
  return new Command('docs')
    .description("Write the homelab's documentation, or what a cluster says of itself.")
    .option('-d, --definition <file>', 'the definition (default: homelab.ts, homelab/homelab.ts)')
    .option(
      '-o, --out <folder>',
      'where docs/ and mkdocs.yml go (default: print their names; `build` writes them with the tree)',
    )
    .option('--live <cluster>', 'write what this cluster says now to docs/operations/')
    .option('--kubeconfig <file>', 'how to reach that cluster (default: the twin)')
    .addOption(stateOption())
    .option('--timeout <seconds>', 'how long to wait for its answer', positiveNumber, 30)
    .addHelpText(
      'after',
      '\nExit codes: 0 written, 3 the cluster does not answer.\n\nExamples:\n  homeplane docs\n  homeplane docs --out site\n  homeplane docs --live production --kubeconfig ~/.kube/config\n',
    )
    .action(async (options) => {
      const loaded = await loadSound({ ...io, out: io.err }, options.definition);
      if (loaded === undefined) return;
      if (options.live !== undefined) return writeLive(io, loaded, options.live, options);
      const [{ docsPages }, { renderedBy }] = await Promise.all([
        import('../docs/index.ts'),
        import('../lock/index.ts'),
      ]);
      const pages = docsPages(loaded.homelab, renderedBy(loaded.lock));
      const { out } = options;
      if (out === undefined) {
        for (const path of pages.keys()) io.out(`${path}\n`);
        io.err('`homeplane build` writes them with the tree, `--out` only them to another folder\n');
        return;
      }
      const { writeTree } = await import('../project/index.ts');
      const { written, removed, unchanged } = await writeTree(out, pages);
      io.out(`${out}: ${written.length} written, ${removed.length} removed, ${unchanged} unchanged\n`);
    });
}

async function writeLive(
  io: Io,
  { homelab, file }: Sound,
  cluster: string,
  options: {
    readonly out?: string | undefined;
    readonly kubeconfig?: string | undefined;
    readonly state: string;
    readonly timeout: number;
  },
): Promise<void> {
  const [{ openWatch, reach }, { livePage, livePath }, { writeFileAtomic }, { mkdir }] = await Promise.all([
    import('./watch.ts'),
    import('../docs/index.ts'),
    import('../util/index.ts'),
    import('node:fs/promises'),
  ]);
  const watch = await openWatch(homelab, await reach(homelab, [cluster], options));
  try {
    await watch.answered(options.timeout * 1000);
    const [status] = watch.statuses();
    if (status === undefined || !status.connected) {
      io.err(`${cluster} does not answer; nothing was written\n`);
      process.exitCode = EXIT.fault;
      return;
    }
    const path = join(options.out ?? dirname(file), livePath(cluster));
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomic(path, livePage(status, new Date()));
    io.out(`${path}\n`);
  } finally {
    watch.close();
  }
}
