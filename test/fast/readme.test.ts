import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadDefinition } from '../../src/project/index.ts';

it('the homelab in the README has no findings', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const [, code = ''] = /```ts\n([^]*?)```/.exec(readme) ?? [];
  const folder = await mkdtemp(join(tmpdir(), 'homeplane-readme-'));
  await writeFile(join(folder, 'homelab.ts'), code);
  const { homelab, findings } = await loadDefinition(join(folder, 'homelab.ts'));
  expect(findings).toEqual([]);
  expect(homelab?.clusters.map(({ name }) => name)).toEqual(['production']);
});
