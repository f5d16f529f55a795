import { posix } from 'node:path';
import { isKustomization, makeWorld, type World } from '../check/index.ts';
import { type KubeObject, objectName, textAt } from '../kube/index.ts';
import { groupBy } from '../util/index.ts';
import { buildKustomizations } from './build.ts';
import { finder } from './finder.ts';
import { originOf, withoutOrigin } from './origin.ts';
import { plainPath } from './roots.ts';
import type { Scan, ScannedObject } from './scan.ts';
import { withVariables } from './substitute.ts';

/** A place in the repository. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** Something of which nothing could be made. */
export interface Failure {
  /** The Kustomization, or the release. */
  readonly object: KubeObject;
  /** Its build, where its chart comes from, or how that renders. */
  readonly what: 'build' | 'chart' | 'render';
  readonly message: string;
}

/** What one cluster would have. */
export interface RepositoryCluster {
  /** The folder that Flux starts in. */
  readonly name: string;
  readonly objects: readonly KubeObject[];
  /** Kustomization -> what it applies. */
  readonly applied: ReadonlyMap<KubeObject, readonly KubeObject[]>;
  /** Where an object is written, or the release whose chart makes it. */
  readonly places: ReadonlyMap<KubeObject, Place>;
  /** Objects that a release's chart makes. */
  readonly rendered: ReadonlySet<KubeObject>;
  /** What could not be built or rendered: the Kustomization or the release, and why. */
  readonly failures: readonly Failure[];
}

/** For rules to look at; where something could not be built or rendered, what is missing may be in that. */
export function worldOf({ objects, applied, rendered, failures }: RepositoryCluster): World {
  return makeWorld(objects, { whole: failures.length === 0, applied, rendered });
}

type Cluster = Pick<RepositoryCluster, 'objects' | 'applied' | 'places' | 'failures'>;

/** Follows Kustomizations from where Flux starts, layer by layer, as one applies the next. */
export async function buildCluster(
  program: string,
  folder: string,
  start: readonly ScannedObject[],
  found: Scan,
): Promise<Cluster> {
  const byFile = groupBy(found.objects, ({ file }) => file);
  const places = new Map<KubeObject, Place>(start.map(({ object, file, line }) => [object, { file, line }]));
  const objects: KubeObject[] = [];
  const applied = new Map<KubeObject, readonly KubeObject[]>();
  const failures: Failure[] = [];
  const sources = new Set(start.map(({ object }) => sourceName(object)));
  const seen = new Set<string>();
  let layer = start.map(({ object }) => object);
  while (layer.length > 0) {
    const fresh = layer.filter((object) => !seen.has(objectName(object)));
    for (const object of fresh) seen.add(objectName(object));
    const find = finder(objects, found);
    const requests = fresh
      // What comes from another repository is not here to be built.
      .filter((object) => sources.has(sourceName(object)))
      .map((object) => ({
        path: plainPath(textAt(object, 'spec', 'path') ?? ''),
        kustomization: withVariables(object, find),
        object,
      }));
    const built = await buildKustomizations(program, folder, requests);
    layer = [];
    for (const [index, { object, path }] of requests.entries()) {
      const result = built[index];
      if (result === undefined) continue;
      if (result.error !== undefined) failures.push({ object, what: 'build', message: result.error });
      const mine = result.objects.map((made) => placed(made, path, byFile, places));
      applied.set(object, mine);
      objects.push(...mine);
      layer.push(...mine.filter(isKustomization));
    }
  }
  // The first is in no Kustomization when what bootstraps Flux makes it.
  const known = new Set(objects.map(objectName));
  objects.push(...start.map(({ object }) => object).filter((object) => !known.has(objectName(object))));
  return { objects, applied, places, failures };
}

function sourceName(object: KubeObject): string {
  return textAt(object, 'spec', 'sourceRef', 'name') ?? '';
}

/** Finds where an object is written, and takes off what kustomize was asked to say of it. */
function placed(
  object: KubeObject,
  path: string,
  byFile: ReadonlyMap<string, readonly ScannedObject[]>,
  places: Map<KubeObject, Place>,
): KubeObject {
  const clean = withoutOrigin(object);
  const from = originOf(object);
  if (from === undefined) return clean;
  const file = posix.join(path, from);
  const written = byFile.get(file) ?? [];
  const { kind, metadata } = object;
  // A prefix or a variable may have changed its name on the way.
  const line =
    written.find((each) => each.object.kind === kind && each.object.metadata.name === metadata.name)?.line ??
    written.find((each) => each.object.kind === kind)?.line ??
    1;
  places.set(clean, { file, line });
  return clean;
}
