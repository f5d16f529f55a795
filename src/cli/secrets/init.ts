import { Command } from '@commander-js/extra-typings';
import { plural } from '../../util/index.ts';
import type { Io } from '../io.ts';
import { openSecrets, storeOf } from './context.ts';

export function secretsInit(io: Io) {
  return new Command('init')
    .description(
      'Make what is missing: an age key for each cluster, .sops.yaml, passwords nobody needs to choose.',
    )
    .option('-d, --definition <file>', 'the definition (default: homelab.ts, homelab/homelab.ts)')
    .option('--json', 'what was made as JSON')
    .action(async (options) => {
      const context = await openSecrets(io, options.definition);
      if (context === undefined) return;
      const { homelab, folder } = context;
      const secrets = await import('../../secrets/index.ts');
      const { withProgram } = await import('../tools.ts');
      const recipients = new Map<string, string>();
      const report: { cluster: string; key: string; made: boolean; generated: string[]; toSet: string[] }[] =
        [];
      for (const { name } of homelab.clusters) {
        const key = await secrets.ensureKey(secrets.keyFile(homelab.name, name));
        recipients.set(name, key.recipient);
        report.push({ cluster: name, key: key.file, made: key.made, generated: [], toSet: [] });
      }
      const ignored = await secrets.ignoreKeys(folder);
      await secrets.writeRecipients(folder, recipients);
      const hook = await secrets.guardCommits(folder);
      await withProgram(io, 'sops', async (sops) => {
        for (const [index, cluster] of homelab.clusters.entries()) {
          const store = await storeOf(context, cluster.name, sops);
          for (const { need, missing } of secrets.secretStates(homelab, cluster)) {
            const name = `${need.namespace}/${need.name}`;
            const made = await secrets.generateValues(need, missing);
            if (Object.keys(made).length > 0) {
              await store.write(need, { ...(await store.read(need)), ...made });
              report[index]?.generated.push(name);
            }
            const given = missing.filter((key) => need.keys[key] === 'given');
            report[index]?.toSet.push(...given.map((key) => `${name} ${key}`));
          }
        }
      });
      if (options.json === true) {
        io.out(`${JSON.stringify({ clusters: report, ignored, hook })}\n`);
        return;
      }
      for (const { cluster, key, made, generated, toSet } of report) {
        io.out(`${io.paint('bold', cluster)}: ${made ? 'new key' : 'key'} ${key}\n`);
        if (made) io.out('  Keep a copy of it outside this machine: without it the secrets are lost.\n');
        io.out(`  ${plural(generated.length, 'secret')} generated\n`);
        for (const each of toSet) io.out(`  to set: homeplane secrets set ${cluster} ${each}\n`);
      }
      if (ignored.length > 0) io.out(`.gitignore: ${ignored.join(', ')} added\n`);
      io.out(HOOKS[hook]);
      io.out('Next: `homeplane build` takes the secrets over into the tree.\n');
    });
}

const HOOKS = {
  written: 'Git: every commit is checked for secrets in the clear (pre-commit hook).\n',
  there: 'Git: there is a pre-commit hook already; let it run `homeplane secrets check --commit`.\n',
  'no repository': 'Not in a Git repository: run this again after `git init` to have commits checked.\n',
};
