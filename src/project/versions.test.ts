import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readVersions } from './versions.ts';

async function folderWith(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'homeplane-versions-'));
  await mkdir(join(folder, 'versions'));
  await writeFile(join(folder, 'versions/lab.yaml'), content);
  return folder;
}

it('reads the tags that Flux wrote; none where there is no folder', async () => {
  const versions = await readVersions(await folderWith('# Flux\nnotes: "1.4.9" # mark\n'));
  expect(versions).toEqual(new Map([['lab', { notes: '1.4.9' }]]));
  expect(await readVersions(tmpdir() + '/no-such-folder')).toEqual(new Map());
});

it.each([['- a list'], ['notes: 1.5'], ['{ not yaml'], ['just words']])(
  'names the file of %j',
  async (content) => {
    await expect(readVersions(await folderWith(content))).rejects.toThrow(/HP1005|versions[/]lab.yaml/);
  },
);
