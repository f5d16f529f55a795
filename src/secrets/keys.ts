import { mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { writeFileAtomic } from '../util/index.ts';

/** The age key pair of a cluster. */
export interface ClusterKey {
  /** File with the private key, readable only by its owner. */
  readonly file: string;
  /** The public key, for `.sops.yaml`. */
  readonly recipient: string;
}

/** Where a cluster's private key is: outside every repository. */
export function keyFile(homelab: string, cluster: string): string {
  const config = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
  return join(config, 'homeplane', 'keys', homelab, `${cluster}.agekey`);
}

/** The key of a cluster; undefined when it is not on this machine. */
export async function readKey(file: string): Promise<ClusterKey | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const identity = text?.split('\n').find((line) => line.startsWith('AGE-SECRET-KEY-'));
  return identity === undefined ? undefined : { file, recipient: await identityToRecipient(identity) };
}

/** The key of a cluster, made when there is none. */
export async function ensureKey(file: string): Promise<ClusterKey & { readonly made: boolean }> {
  const key = await readKey(file);
  if (key !== undefined) return { ...key, made: false };
  return { ...(await replaceKey(file)), made: true };
}

/** Makes a new key and puts it before the old ones, which still open what lies in Git's history. */
export async function replaceKey(file: string): Promise<ClusterKey> {
  const old = await readFile(file, 'utf8').catch(() => '');
  const identity = await generateIdentity();
  const recipient = await identityToRecipient(identity);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFileAtomic(file, `# public key: ${recipient}\n${identity}\n${old}`, 0o600);
  return { file, recipient };
}
