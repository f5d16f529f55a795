import { text as readStream } from 'node:stream/consumers';
import { Command } from '@commander-js/extra-typings';
import { EXIT, UsageError } from '../exit.ts';
import type { Io } from '../io.ts';
import { clusterNamed, openSecrets, secretNamed, storeOf } from './context.ts';

export function secretsSet(io: Io) {
  return new Command('set')
    .description('Set one value, asked for or read from standard input; it is never an argument.')
    .argument('<cluster>', 'the cluster')
    .argument('<secret>', 'NAMESPACE/NAME')
    .argument('<key>', 'the key in it')
    .option('-d, --definition <file>', 'the definition (default: homelab.ts, homelab/homelab.ts)')
    .action(async (clusterName, secretName, key, options) => {
      const context = await openSecrets(io, options.definition);
      if (context === undefined) return;
      const cluster = clusterNamed(context, clusterName);
      const { need } = await secretNamed(context, cluster, secretName);
      if (!(key in need.keys))
        throw new UsageError(`${secretName} has no key ${key}, only ${Object.keys(need.keys).join(', ')}`);
      const value = await ask(`${secretName} ${key} of ${clusterName}`);
      if (value === undefined || value === '') {
        io.err('Nothing was given, nothing was changed.\n');
        process.exitCode = EXIT.usage;
        return;
      }
      const { withProgram } = await import('../tools.ts');
      await withProgram(io, 'sops', async (sops) => {
        const store = await storeOf(context, cluster.name, sops);
        await store.write(need, { ...(await store.read(need)), [key]: value });
      });
      io.out(
        `${secretName} ${key} of ${clusterName} is set; \`homeplane build\` takes it over into the tree\n`,
      );
    });
}

/** The value, without the line break that ends most files and pipes. */
async function ask(what: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return (await readStream(process.stdin)).replace(/\r?\n$/, '');
  const { isCancel, password } = await import('@clack/prompts');
  const answer = await password({ message: what });
  return isCancel(answer) ? undefined : answer;
}
