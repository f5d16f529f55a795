import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../src/kube/index.ts';
import { factsOf } from '../../src/lock/facts.ts';
import { LOCK_FILE, lockHomelab, readLock, writeStandIns } from '../../src/lock/index.ts';
import { loadDefinition } from '../../src/project/index.ts';
import { Stream } from '../../src/util/index.ts';
import { CHARTS, program, ROOT } from './support.ts';

const HOMELAB = join(ROOT, 'homelab');

describe('the lock of the reference homelab', async () => {
  const lock = await readLock(join(HOMELAB, LOCK_FILE));
  if (lock === undefined) throw new Error('there is no lock');

  it.skipIf(CHARTS === undefined)('agrees with what the real charts render', async () => {
    const { homelab } = await loadDefinition(join(HOMELAB, 'homelab.ts'));
    if (homelab === undefined) throw new Error('no homelab');
    const again = await lockHomelab(homelab, {
      helm: await program('helm'),
      charts: CHARTS,
      events: new Stream(),
    });
    expect(again).toEqual(lock);
  });

  it.each(Object.keys(lock.clusters))(
    'gives stand-ins for %s that render to the same facts',
    async (cluster) => {
      const folder = await mkdtemp(join(tmpdir(), 'homeplane-stand-ins-'));
      await writeStandIns(lock, cluster, folder);
      const releases = Object.entries(lock.clusters[cluster] ?? {});
      expect((await readdir(folder)).length).toBe(releases.length);
      for (const [key, { chart, version, objects }] of releases) {
        const [namespace = '', name = ''] = key.split('/');
        const file = join(folder, `${chart}-${version}.tgz`);
        const { stdout } = await execa(await program('helm'), [
          'template',
          name,
          file,
          '--namespace',
          namespace,
          '--include-crds',
        ]);
        const rendered = parseAllDocuments(stdout).flatMap(
          (document) => (document.toJS() as KubeObject | null) ?? [],
        );
        expect(factsOf(rendered), key).toEqual(objects);
      }
    },
  );
});
