import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { SECRETS_FOLDER } from '../project/index.ts';
import { writeFileAtomic } from '../util/index.ts';

const FILE = '.sops.yaml';

const ConfigSchema = z.object({
  creation_rules: z.array(z.object({ path_regex: z.string(), age: z.string() })).default([]),
});

function pathRegex(cluster: string): string {
  return `${SECRETS_FOLDER}/${cluster}/.*\\.yaml$`;
}

/** Public keys by cluster, from the `.sops.yaml` beside a definition. */
export async function readRecipients(
  folder: string,
  clusters: readonly string[],
): Promise<Map<string, string>> {
  const text = await readFile(join(folder, FILE), 'utf8').catch(() => '');
  const config = ConfigSchema.safeParse(parse(text));
  const rules = config.success ? config.data.creation_rules : [];
  return new Map(
    clusters.flatMap((cluster) => {
      const rule = rules.find(({ path_regex }) => path_regex === pathRegex(cluster));
      return rule === undefined ? [] : [[cluster, rule.age]];
    }),
  );
}

/** Writes `.sops.yaml`, which sops itself reads when a file is edited by hand. */
export async function writeRecipients(
  folder: string,
  recipients: ReadonlyMap<string, string>,
): Promise<void> {
  const rules = [...recipients].map(([cluster, age]) => ({
    path_regex: pathRegex(cluster),
    encrypted_regex: '^(data|stringData)$',
    age,
  }));
  await writeFileAtomic(join(folder, FILE), stringify({ creation_rules: rules }, { lineWidth: 0 }));
}
