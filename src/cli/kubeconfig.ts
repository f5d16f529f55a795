import { readFile } from 'node:fs/promises';
import { Command } from '@commander-js/extra-typings';
import { Fault } from '../util/index.ts';
import type { Io } from './io.ts';
import { stateOption } from './options.ts';

export function kubeconfigCommand(io: Io) {
  return new Command('kubeconfig')
    .description("Print a twin cluster's kubeconfig.")
    .argument('<cluster>', 'the cluster')
    .addOption(stateOption())
    .option('--path', 'print where the file is instead')
    .addHelpText(
      'after',
      '\nExamples:\n  homeplane kubeconfig staging > staging.yaml\n  kubectl --kubeconfig "$(homeplane kubeconfig staging --path)" get pods -A\n',
    )
    .action(async (cluster, options) => {
      const file = await twinKubeconfig(options.state, cluster);
      io.out(options.path === true ? `${file}\n` : await readFile(file, 'utf8'));
    });
}

/** The kubeconfig of a cluster of a twin that runs. */
export async function twinKubeconfig(folder: string, cluster: string): Promise<string> {
  const { State } = await import('../twin/index.ts');
  const state = new State(folder);
  const known = await state.clusters();
  if (!known.includes(cluster) && known.length > 0)
    throw new Fault('HP1305', `${cluster} (there are: ${known.join(', ')})`);
  const file = await state.kubeconfigFile(cluster);
  if (file === undefined || (await state.runningPid()) === undefined) throw new Fault('HP1302', state.folder);
  return file;
}
