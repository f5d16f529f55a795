import { posix } from 'node:path';
import { isKustomization } from '../check/index.ts';
import { textAt } from '../kube/index.ts';
import { groupBy } from '../util/index.ts';
import type { ScannedObject } from './scan.ts';

/** Where Flux starts for one cluster. */
export interface Root {
  /** How people call the cluster: the folder that Flux starts in. */
  readonly name: string;
  /** Kustomizations that nothing else applies; what bootstraps Flux makes them. */
  readonly start: readonly ScannedObject[];
}

/** A path of the repository as Flux writes it, without `./` and slashes at its ends. */
export function plainPath(path: string): string {
  return posix
    .normalize(path)
    .replace(/^(\.?\/)+|\/+$/g, '')
    .replace(/^\.$/, '');
}

/**
 * Finds the clusters: Kustomizations that apply themselves, as `flux bootstrap` writes them, and what a FluxInstance
 * syncs; without either, Kustomizations in no folder that another applies.
 */
export function findRoots(objects: readonly ScannedObject[]): Root[] {
  const all = objects.filter(({ object }) => isKustomization(object));
  const pathOf = ({ object }: ScannedObject) => plainPath(textAt(object, 'spec', 'path') ?? '');
  const own = all.filter((each) => isBelow(each.file, pathOf(each)));
  const instances = objects.filter(({ object }) => object.kind === 'FluxInstance').flatMap(syncOf);
  const synced = instances.filter((instance) => !own.some((each) => pathOf(each) === pathOf(instance)));
  const outer = [...own, ...synced].filter(
    (each, _, others) =>
      !others.some((other) => pathOf(other) !== pathOf(each) && isBelow(`${pathOf(each)}/x`, pathOf(other))),
  );
  if (outer.length > 0)
    return [...groupBy(outer, pathOf)].map(([path, [first]]) => ({
      name: path === '' ? '.' : path,
      start: first === undefined ? [] : [first],
    }));
  const first = all.filter(
    (each) => !all.some((other) => other !== each && isBelow(each.file, pathOf(other))),
  );
  return [...groupBy(first, ({ file }) => posix.dirname(file))].map(([name, start]) => ({ name, start }));
}

function isBelow(file: string, folder: string): boolean {
  return folder === '' || file.startsWith(`${folder}/`);
}

/** The Flux Operator makes a Kustomization of what an instance syncs. */
function syncOf({ object, file, line }: ScannedObject): ScannedObject[] {
  const path = textAt(object, 'spec', 'sync', 'path');
  if (path === undefined) return [];
  const namespace = object.metadata.namespace ?? 'flux-system';
  const kind = textAt(object, 'spec', 'sync', 'kind') ?? 'GitRepository';
  const made = {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'flux-system', namespace },
    spec: {
      path,
      prune: true,
      retryInterval: '1m',
      interval: '10m',
      sourceRef: { kind, name: 'flux-system' },
    },
  };
  return [{ object: made, file, line }];
}
