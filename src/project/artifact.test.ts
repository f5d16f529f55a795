import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unpackArtifact } from './artifact.ts';

let server: Server;
let url: string;
let digest: string;
let asked = 0;

beforeAll(async () => {
  const repository = await mkdtemp(join(tmpdir(), 'homeplane-repository-'));
  for (const folder of ['lab/clusters/home', 'lab/parts', 'other'])
    await mkdir(join(repository, folder), { recursive: true });
  for (const file of ['lab/homelab.ts', 'lab/parts/apps.ts', 'lab/clusters/home/a.yaml', 'other/b.txt'])
    await writeFile(join(repository, file), file);
  const archive = join(repository, 'archive.tgz');
  await create({ cwd: repository, gzip: true, file: archive }, ['lab', 'other']);
  const bytes = await readFile(archive);
  digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  server = createServer((request, response) => {
    asked += 1;
    if (request.url === '/moved') response.writeHead(302, { location: '/artifact' }).end();
    else response.writeHead(request.url === '/artifact' ? 200 : 404).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const folder = () => mkdtemp(join(tmpdir(), 'homeplane-artifact-'));

describe('what Flux has fetched', () => {
  it('is unpacked without what was compiled and what is not of the homelab, once', async () => {
    const to = await folder();
    const at = await unpackArtifact({ url: `${url}/artifact`, digest }, 'lab', to);
    expect((await readdir(at, { recursive: true })).toSorted()).toEqual([
      'homelab.ts',
      'parts',
      'parts/apps.ts',
    ]);
    expect(await readdir(join(at, '..'))).toEqual(['lab']);
    const before = asked;
    expect(await unpackArtifact({ url: `${url}/artifact`, digest }, 'lab', to)).toBe(at);
    expect(asked).toBe(before);
  });

  it.each([
    ['is not what its digest says', '/artifact', `sha256:${'0'.repeat(64)}`],
    ['has a digest of another kind', '/artifact', 'sha1:abc'],
    ['is not there', '/elsewhere', undefined],
    ['is somewhere else now', '/moved', undefined],
  ])('is refused when it %s', async (_why, path, other) => {
    const to = await folder();
    await expect(unpackArtifact({ url: url + path, digest: other ?? digest }, 'lab', to)).rejects.toThrow(
      expect.objectContaining({ code: 'HP1312' }),
    );
    expect(await readdir(to)).toEqual([]);
  });
});
