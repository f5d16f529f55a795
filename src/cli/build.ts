import { dirname } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import type { Homelab } from '../model/index.ts';
import { plural } from '../util/index.ts';
import { loadSound } from './definition.ts';
import type { Io } from './io.ts';

export function buildCommand(io: Io) {
  return new Command('build')
    .description('Compile the definition to a GitOps tree and its documentation.')
    .option('-d, --definition <file>', 'the definition (default: homelab.ts, homelab/homelab.ts)')
    .option('-o, --out <folder>', "where the tree goes (default: the definition's folder)")
    .option('--force', 'overwrite files that were edited by hand or that homeplane did not write')
    .option('--json', 'what was written as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  homeplane build\n  homeplane build --definition lab/homelab.ts --out lab\n',
    )
    .action(async (options) => {
      const loaded = await loadSound(options.json === true ? { ...io, out: io.err } : io, options.definition);
      if (loaded === undefined) return;
      const [{ compile }, { docsPages }, { renderedBy }, { writeTree }] = await Promise.all([
        import('../compile/index.ts'),
        import('../docs/index.ts'),
        import('../lock/index.ts'),
        import('../project/index.ts'),
      ]);
      const folder = options.out ?? dirname(loaded.file);
      const docs = docsPages(loaded.homelab, renderedBy(loaded.lock));
      const tree = new Map([...compile(loaded.homelab), ...docs]);
      const result = await writeTree(folder, tree, { force: options.force === true });
      if (options.json === true) {
        io.out(`${JSON.stringify({ folder, ...result })}\n`);
        return;
      }
      for (const path of result.written) io.out(`${io.paint('green', 'write ')} ${path}\n`);
      for (const path of result.removed) io.out(`${io.paint('red', 'remove')} ${path}\n`);
      io.out(
        `${folder}: ${result.written.length} written, ${result.removed.length} removed, ${result.unchanged} unchanged\n`,
      );
      await nameMissingSecrets(loaded.homelab, io);
    });
}

/** Before the first secret is made no finding tells of it, and pods would wait for them on the real cluster. */
async function nameMissingSecrets(homelab: Homelab, io: Io): Promise<void> {
  const { secretStates } = await import('../secrets/index.ts');
  const states = homelab.clusters.flatMap((cluster) => secretStates(homelab, cluster));
  const missing = states.filter((state) => state.missing.length > 0).length;
  if (missing > 0)
    io.err(
      `${plural(missing, 'secret')} not there yet: \`homeplane secrets init\` makes what it can, \`secrets list\` names the rest\n`,
    );
}
