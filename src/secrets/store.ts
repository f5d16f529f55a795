import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { SecretNeed } from '../components/index.ts';
import { SECRETS_FOLDER } from '../project/index.ts';
import { writeFileAtomic } from '../util/index.ts';
import type { ClusterKey } from './keys.ts';
import type { Sops } from './sops.ts';
import type { Values } from './values.ts';

interface SecretManifest {
  readonly stringData?: Values;
}

/** The encrypted Secrets of one cluster beside a definition. */
export class SecretStore {
  readonly #sops: Sops;
  readonly #folder: string;
  readonly #key: ClusterKey;

  constructor(sops: Sops, definitionFolder: string, cluster: string, key: ClusterKey) {
    this.#sops = sops;
    this.#folder = join(definitionFolder, SECRETS_FOLDER, cluster);
    this.#key = key;
  }

  /** The values of a Secret; none when there is no file. @throws Fault HP1601 when the key does not open it. */
  async read(need: Pick<SecretNeed, 'namespace' | 'name'>): Promise<Values> {
    const text = await readFile(this.#file(need), 'utf8').catch(() => undefined);
    if (text === undefined) return {};
    const secret = parse(await this.#sops.decrypt(text, this.#key.file)) as SecretManifest;
    return { ...secret.stringData };
  }

  async write(
    need: Pick<SecretNeed, 'namespace' | 'name'>,
    values: Values,
    labels: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const file = this.#file(need);
    await mkdir(dirname(file), { recursive: true });
    const encrypted = await this.#sops.encrypt(manifest(need, values, labels), this.#key.recipient);
    await writeFileAtomic(file, encrypted);
  }

  #file({ namespace, name }: Pick<SecretNeed, 'namespace' | 'name'>): string {
    return join(this.#folder, namespace, `${name}.yaml`);
  }
}

/** A Secret in the clear, for SOPS' input. */
function manifest(
  { namespace, name }: Pick<SecretNeed, 'namespace' | 'name'>,
  values: Values,
  labels: Readonly<Record<string, string>>,
): string {
  const metadata = { name, namespace, ...(Object.keys(labels).length === 0 ? {} : { labels }) };
  return stringify({ apiVersion: 'v1', kind: 'Secret', metadata, stringData: values });
}
