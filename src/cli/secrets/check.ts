import { Command } from '@commander-js/extra-typings';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { openSecrets, type SecretsContext, storeOf } from './context.ts';

export function secretsCheck(io: Io) {
  return new Command('check')
    .description('Check that every secret is there, encrypted, and opened by the key on this machine.')
    .option('-d, --definition <file>', 'the definition (default: homelab.ts, homelab/homelab.ts)')
    .option('--commit', 'only what a commit must not contain: values in the clear, private keys')
    .option('--json', 'problems as JSON')
    .action(async (options) => {
      const context = await openSecrets(io, options.definition);
      if (context === undefined) return;
      const problems = await leaks(context);
      if (options.commit !== true) problems.push(...(await gaps(context, io)));
      if (options.json === true) io.out(`${JSON.stringify(problems)}\n`);
      else for (const problem of problems) io.out(`${io.paint('red', 'secret')} ${problem}\n`);
      if (problems.length > 0) process.exitCode = EXIT.findings;
      else if (options.json !== true) io.out('All secrets are as they should be.\n');
    });
}

/** What lies in the clear under `secrets/` is an error of the definition already (SEC004), and stops before this. */
async function leaks({ folder }: SecretsContext): Promise<string[]> {
  const { stagedKeys } = await import('../../secrets/index.ts');
  return (await stagedKeys(folder)).map((file) => `${file} holds a private age key: take it out of Git`);
}

async function gaps(context: SecretsContext, io: Io): Promise<string[]> {
  const { homelab, folder } = context;
  const secrets = await import('../../secrets/index.ts');
  const { withProgram } = await import('../tools.ts');
  const names = homelab.clusters.map(({ name }) => name);
  const recipients = await secrets.readRecipients(folder, names);
  return withProgram(io, 'sops', async (sops) => {
    const problems: string[] = [];
    for (const cluster of homelab.clusters) {
      const states = secrets.secretStates(homelab, cluster);
      for (const { need, missing } of states.filter((state) => state.missing.length > 0))
        problems.push(`${cluster.name} ${need.namespace}/${need.name} lacks ${missing.join(', ')}`);
      const file = secrets.keyFile(homelab.name, cluster.name);
      const key = await secrets.readKey(file);
      if (key === undefined) {
        problems.push(`${cluster.name}: no private key at ${file}`);
        continue;
      }
      if (recipients.get(cluster.name) !== key.recipient)
        problems.push(`${cluster.name}: .sops.yaml names another key than ${file}`);
      const store = await storeOf(context, cluster.name, sops);
      for (const { need } of states.filter((state) => state.present)) {
        const opened = await store.read(need).then(
          () => undefined,
          (error: unknown) => (error instanceof Error ? error.message : String(error)),
        );
        if (opened !== undefined) problems.push(`${cluster.name} ${need.namespace}/${need.name}: ${opened}`);
      }
    }
    return problems;
  });
}
