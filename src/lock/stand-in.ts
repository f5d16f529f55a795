import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { create } from 'tar';
import { stringify } from 'yaml';
import type { Lock, LockedRelease } from './file.ts';

/**
 * Packages a stand-in for each chart of a cluster: the same name and version, and the objects of the facts. Its pods
 * are the same to the scheduler and to admission; what they would do is not in it.
 */
export async function writeStandIns(lock: Lock, cluster: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const release of Object.values(lock.clusters[cluster] ?? {})) await writeStandIn(release, folder);
}

async function writeStandIn({ chart, version, objects }: LockedRelease, folder: string): Promise<void> {
  const work = await mkdtemp(join(folder, '.work-'));
  try {
    const root = join(work, chart);
    await mkdir(join(root, 'crds'), { recursive: true });
    await mkdir(join(root, 'templates'));
    const crds = objects.filter(({ kind }) => kind === 'CustomResourceDefinition');
    const others = objects.filter(({ kind }) => kind !== 'CustomResourceDefinition');
    const description = `Stand-in for ${chart} ${version}, made by homeplane from its lock. Not the real chart.`;
    await writeFile(
      join(root, 'Chart.yaml'),
      stringify({ apiVersion: 'v2', name: chart, version, description }),
    );
    await writeFile(join(root, 'crds/crds.yaml'), documents(crds));
    await writeFile(join(root, 'objects.yaml'), documents(others));
    // Read as a file, so that nothing in the objects is taken for a template.
    await writeFile(join(root, 'templates/objects.yaml'), '{{ .Files.Get "objects.yaml" }}\n');
    await create({ cwd: work, file: join(folder, `${chart}-${version}.tgz`), gzip: true, portable: true }, [
      chart,
    ]);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function documents(objects: readonly object[]): string {
  return objects
    .map((object) => stringify(object, { aliasDuplicateObjects: false, version: '1.1' }))
    .join('---\n');
}
