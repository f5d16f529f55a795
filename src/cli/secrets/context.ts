import { dirname } from 'node:path';
import type { Cluster, Homelab } from '../../model/index.ts';
import type { SecretState } from '../../secrets/index.ts';
import { Fault } from '../../util/index.ts';
import { loadSound } from '../definition.ts';
import { UsageError } from '../exit.ts';
import type { Io } from '../io.ts';

/** What every `secrets` command works on. */
export interface SecretsContext {
  readonly homelab: Homelab;
  /** Folder of the definition. */
  readonly folder: string;
}

/** Loads the definition; findings go to `err`. */
export async function openSecrets(
  io: Io,
  definition: string | undefined,
): Promise<SecretsContext | undefined> {
  const loaded = await loadSound({ ...io, out: io.err }, definition);
  return loaded === undefined ? undefined : { homelab: loaded.homelab, folder: dirname(loaded.file) };
}

export function clusterNamed({ homelab }: SecretsContext, name: string): Cluster {
  const cluster = homelab.clusters.find((candidate) => candidate.name === name);
  if (cluster !== undefined) return cluster;
  throw new UsageError(
    `there is no cluster ${name}, only ${homelab.clusters.map((each) => each.name).join(', ')}`,
  );
}

/** One Secret of a cluster by `NAMESPACE/NAME`. */
export async function secretNamed(
  { homelab }: SecretsContext,
  cluster: Cluster,
  name: string,
): Promise<SecretState> {
  const { secretStates } = await import('../../secrets/index.ts');
  const states = secretStates(homelab, cluster);
  const found = states.find(({ need }) => `${need.namespace}/${need.name}` === name);
  if (found !== undefined) return found;
  const known = states.map(({ need }) => `${need.namespace}/${need.name}`).join(', ');
  throw new UsageError(`cluster ${cluster.name} needs no secret ${name}; it needs ${known}`);
}

/** The store of a cluster. @throws Fault HP1602 when its private key is not on this machine. */
export async function storeOf({ homelab, folder }: SecretsContext, cluster: string, sops: string) {
  const { keyFile, readKey, SecretStore, Sops } = await import('../../secrets/index.ts');
  const file = keyFile(homelab.name, cluster);
  const key = await readKey(file);
  if (key === undefined) throw new Fault('HP1602', `${cluster}: ${file}`);
  return new SecretStore(new Sops(sops), folder, cluster, key);
}
