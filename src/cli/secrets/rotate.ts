import { Command } from '@commander-js/extra-typings';
import { plural } from '../../util/index.ts';
import type { Io } from '../io.ts';
import { clusterNamed, openSecrets, type SecretsContext, secretNamed, storeOf } from './context.ts';

export function secretsRotate(io: Io) {
  return new Command('rotate')
    .description('Make generated values anew, or with --key the age key that everything is encrypted with.')
    .argument('<cluster>', 'the cluster')
    .argument('[secret]', 'NAMESPACE/NAME (default: every secret that has generated values)')
    .option('-d, --definition <file>', 'the definition (default: homelab.ts, homelab/homelab.ts)')
    .option('--key', 'a new age key: every secret of the cluster is encrypted again, values stay')
    .action(async (clusterName, secretName, options) => {
      const context = await openSecrets(io, options.definition);
      if (context === undefined) return;
      const cluster = clusterNamed(context, clusterName);
      const { generateValues, secretStates } = await import('../../secrets/index.ts');
      const { withProgram } = await import('../tools.ts');
      const states =
        secretName === undefined
          ? secretStates(context.homelab, cluster)
          : [await secretNamed(context, cluster, secretName)];
      const present = states.filter((state) => state.present);
      await withProgram(io, 'sops', async (sops) => {
        if (options.key === true) {
          const count = await rotateKey(context, cluster.name, sops);
          io.out(`${clusterName}: new key, ${plural(count, 'secret')} encrypted again\n`);
          io.out(`Give it to the cluster before you push: the Secret flux-system/sops-age.\n`);
          return;
        }
        const store = await storeOf(context, cluster.name, sops);
        for (const { need } of present) {
          const made = await generateValues(need, Object.keys(need.keys));
          if (Object.keys(made).length === 0) continue;
          await store.write(need, { ...(await store.read(need)), ...made });
          io.out(
            `${clusterName} ${need.namespace}/${need.name}: ${Object.keys(made).join(', ')} made anew\n`,
          );
        }
      });
    });
}

/** Everything is read with the old key before the new one is made, so that a failure leaves all as it was. */
async function rotateKey(context: SecretsContext, cluster: string, sops: string): Promise<number> {
  const secrets = await import('../../secrets/index.ts');
  const { homelab, folder } = context;
  const old = await storeOf(context, cluster, sops);
  const names = [...homelab.secrets.keys()].flatMap((path) => {
    const [of, namespace, name] = path.split('/');
    return of === cluster && namespace !== undefined && name !== undefined ? [{ namespace, name }] : [];
  });
  const values = await Promise.all(names.map(async (name) => [name, await old.read(name)] as const));
  const key = await secrets.replaceKey(secrets.keyFile(homelab.name, cluster));
  const fresh = new secrets.SecretStore(new secrets.Sops(sops), folder, cluster, key);
  for (const [name, each] of values) await fresh.write(name, each);
  const recipients = await secrets.readRecipients(
    folder,
    homelab.clusters.map((each) => each.name),
  );
  await secrets.writeRecipients(folder, recipients.set(cluster, key.recipient));
  return names.length;
}
