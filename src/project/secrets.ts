import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { z } from 'zod';
import type { Homelab, SecretFile } from '../model/index.ts';
import { safeYaml } from './yaml.ts';

/** Folder beside the definition with `CLUSTER/NAMESPACE/NAME.yaml`, each encrypted by SOPS. */
export const SECRETS_FOLDER = 'secrets';

const ManifestSchema = z.object({
  data: z.record(z.string(), z.unknown()).default({}),
  stringData: z.record(z.string(), z.unknown()).default({}),
  sops: z.unknown().optional(),
});

/** The encrypted Secrets beside a definition; none when there is no folder of them. */
export async function readSecrets(folder: string): Promise<Homelab['secrets']> {
  const root = join(folder, SECRETS_FOLDER);
  const entries = await readdir(root, { recursive: true }).catch(() => []);
  const files = entries.filter((entry) => entry.endsWith('.yaml')).toSorted();
  const secrets = files.map(async (entry): Promise<[string, SecretFile]> => {
    const text = await readFile(join(root, entry), 'utf8');
    return [
      entry
        .replace(/\.yaml$/, '')
        .split(sep)
        .join('/'),
      describeSecret(text),
    ];
  });
  return new Map(await Promise.all(secrets));
}

/** What can be seen of a Secret without its key. A file that is no Secret has no keys and counts as not encrypted. */
function describeSecret(text: string): SecretFile {
  const manifest = ManifestSchema.safeParse(safeYaml(text));
  if (!manifest.success) return { keys: [], encrypted: false, text };
  const { data, stringData, sops } = manifest.data;
  const values = { ...data, ...stringData };
  const encrypted =
    sops !== undefined &&
    Object.values(values).every((value) => typeof value === 'string' && value.startsWith('ENC['));
  return { keys: Object.keys(values), encrypted, text };
}
