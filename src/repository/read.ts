import { cp, lstat, mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { type Event, Fault, type Stream } from '../util/index.ts';
import { renderReleases } from './charts.ts';
import { buildCluster, type RepositoryCluster } from './cluster.ts';
import { finder } from './finder.ts';
import { findRoots } from './roots.ts';
import { LARGEST_FILE, type Scan, type ScannedObject, scan } from './scan.ts';

export interface Repository {
  readonly root: string;
  readonly clusters: readonly RepositoryCluster[];
  readonly skipped: Scan['skipped'];
}

export interface ReadContext {
  /** The programs. */
  readonly fluxBuild: string;
  readonly helm: string;
  /** Folder of packaged charts; what it lacks is pulled from upstream. */
  readonly charts: string | undefined;
  readonly events: Stream<Event>;
}

/** @throws Fault HP1008 when there is no such folder. */
export async function readRepository(folder: string, context: ReadContext): Promise<Repository> {
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined || !(await stat(root)).isDirectory()) throw new Fault('HP1008', folder);
  const found = await scan(root);
  const roots = findRoots(found.objects);
  const scratch = await mkdtemp(join(tmpdir(), 'homeplane-repository-'));
  try {
    const copy = join(scratch, 'files');
    await copyInside(root, copy);
    const clusters: RepositoryCluster[] = [];
    // One after the other: a build writes into the copy, and several clusters share its folders.
    for (const [index, { name, start }] of roots.entries()) {
      const built = await buildCluster(context.fluxBuild, copy, start, found);
      clusters.push(
        await withCharts(name, found, built, { ...context, copy, place: join(scratch, String(index)) }),
      );
    }
    return { root, clusters: clusters.length > 0 ? clusters : [plainCluster(found)], skipped: found.skipped };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Copies a repository without what leads out of it. */
async function copyInside(root: string, to: string): Promise<void> {
  await cp(root, to, {
    recursive: true,
    dereference: true,
    filter: async (source) => {
      if (/[/\\](\.git|node_modules|\.homeplane)$/.test(source)) return false;
      const entry = await lstat(source);
      if (!entry.isSymbolicLink())
        return entry.isDirectory() || (entry.isFile() && entry.size <= LARGEST_FILE);
      const target = await realpath(source).catch(() => undefined);
      // A link to a folder may be a circle: Flux' archive of a repository has no links either.
      return target !== undefined && target.startsWith(`${root}${sep}`) && (await stat(target)).isFile();
    },
  });
}

async function withCharts(
  name: string,
  found: Scan,
  cluster: Awaited<ReturnType<typeof buildCluster>>,
  {
    helm,
    fluxBuild,
    charts,
    events,
    copy,
    place,
  }: ReadContext & { readonly copy: string; readonly place: string },
): Promise<RepositoryCluster> {
  const releases = cluster.objects.filter(({ kind }) => kind === 'HelmRelease');
  const task = `render charts of ${name}`;
  const since = Date.now();
  events.emit({ type: 'started', task });
  let done = 0;
  const context = {
    helm,
    fluxBuild,
    charts,
    folder: copy,
    scratch: join(place, 'charts'),
    find: finder(cluster.objects, found),
  };
  const renderings = await renderReleases(releases, context, () => {
    done += 1;
    events.emit({ type: 'progress', task, done, total: releases.length, detail: '' });
  });
  events.emit({ type: 'finished', task, seconds: (Date.now() - since) / 1000 });
  const places = new Map(cluster.places);
  for (const { release, objects } of renderings) {
    const where = cluster.places.get(release);
    if (where !== undefined) for (const object of objects) places.set(object, where);
  }
  const rendered = renderings.flatMap(({ objects }) => objects);
  return {
    name,
    objects: [...cluster.objects, ...rendered],
    applied: cluster.applied,
    places,
    rendered: new Set(rendered),
    failures: [
      ...cluster.failures,
      ...renderings.flatMap(({ release, failure }) =>
        failure === undefined ? [] : [{ object: release, ...failure }],
      ),
    ],
  };
}

/** A folder of manifests that no Flux applies. */
function plainCluster({ objects }: Scan): RepositoryCluster {
  const own = objects.filter(({ object }) => !object.apiVersion.startsWith('kustomize.config.k8s.io/'));
  const placeOf = ({ file, line }: ScannedObject) => ({ file, line });
  return {
    name: '.',
    objects: own.map(({ object }) => object),
    applied: new Map(),
    places: new Map(own.map((each) => [each.object, placeOf(each)])),
    rendered: new Set(),
    failures: [],
  };
}
