import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadDefinition } from '../../project/index.ts';
import { factsOf } from './facts.ts';

const REFERENCE = new URL('../../../homelab/homelab.ts', import.meta.url).pathname;

it('knows the images, charts and Kubernetes that staging has and production has not', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'homeplane-ahead-')), 'homelab.ts');
  const text = (await readFile(REFERENCE, 'utf8'))
    .replace(
      "image: 'ghcr.io/dani-garcia/vaultwarden:1.34.3'",
      "image: `ghcr.io/dani-garcia/vaultwarden:${domain.startsWith('staging') ? '1.35.0' : '1.34.3'}`",
    )
    .replace(
      "traefik({ address: '192.168.100.180' })",
      "traefik({ address: '192.168.100.180', chart: '41.4.0' })",
    );
  await writeFile(file, text);
  const { homelab } = await loadDefinition(file);
  if (homelab === undefined) throw new Error('the definition is not sound');
  const between = { from: 'staging', to: 'production' };
  expect(factsOf(homelab, () => [], []).ahead).toEqual([
    { ...between, subject: 'traefik', what: 'chart traefik', here: '41.4.0', there: '41.3.0' },
    {
      ...between,
      subject: 'vault',
      what: 'image ghcr.io/dani-garcia/vaultwarden',
      here: '1.35.0',
      there: '1.34.3',
    },
  ]);
});
