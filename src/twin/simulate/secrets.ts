import type { Homelab } from '../../model/index.ts';
import { readSecrets } from '../../project/index.ts';
import { ensureKey, placeholderValues, SecretStore, type Sops, secretStates } from '../../secrets/index.ts';
import { SIMULATED } from '../nodes.ts';
import type { State } from '../state.ts';

const LABELS = { [SIMULATED]: 'secret' };

/** The twin's own age key for a cluster. The user's key stays where it is: a twin has no use for real values. */
export function ageKeyFile(state: State, cluster: string): string {
  return `${state.cluster(cluster)}/pki/sops.agekey`;
}

/**
 * Secrets for a twin in the place of the user's: made-up values for everything that is needed, encrypted with the
 * twin's own key, so that Flux really decrypts them and nobody's real key is asked for. Kept from run to run.
 */
export async function simulateSecrets(
  homelab: Homelab,
  state: State,
  sops: Sops,
): Promise<Homelab['secrets']> {
  const folder = state.folder;
  const kept = { ...homelab, secrets: await readSecrets(folder) };
  await Promise.all(
    homelab.clusters.map(async (cluster) => {
      const { made, ...key } = await ensureKey(ageKeyFile(state, cluster.name));
      const store = new SecretStore(sops, folder, cluster.name, key);
      const states = secretStates(kept, cluster).filter(({ missing }) => made || missing.length > 0);
      await Promise.all(
        states.map(async ({ need }) => store.write(need, await placeholderValues(need), LABELS)),
      );
    }),
  );
  return readSecrets(folder);
}
