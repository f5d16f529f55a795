import { planHomelab } from '../compile/index.ts';
import type { KubeObject } from '../kube/index.ts';
import type { Homelab } from '../model/index.ts';
import { sortBy, unique } from '../util/index.ts';
import type { Lock } from './file.ts';

/** An image, what it must be published for, and where it runs. */
export interface ImageUse {
  readonly image: string;
  readonly arch: readonly string[];
  readonly clusters: readonly string[];
}

/** Every image of a homelab: those of charts from the lock, those of apps from the definition. */
export function imagesOf(homelab: Homelab, lock: Lock | undefined): ImageUse[] {
  const uses = planHomelab(homelab).flatMap(({ cluster, components }) => {
    const objects = [
      ...Object.values(lock?.clusters[cluster.name] ?? {}).flatMap((release) => release.objects),
      ...components.flatMap(({ contribution }) => contribution.objects ?? []),
    ];
    const arch = unique(cluster.nodes.filter(({ worker }) => worker).map(({ machine }) => machine.arch));
    return unique((objects as KubeObject[]).flatMap(imagesIn)).map((image) => ({
      image,
      cluster: cluster.name,
      arch,
    }));
  });
  const all = unique(uses.map(({ image }) => image)).map((image) => {
    const group = uses.filter((use) => use.image === image);
    return {
      image,
      arch: unique(group.flatMap(({ arch }) => arch)).toSorted(),
      clusters: unique(group.map(({ cluster }) => cluster)),
    };
  });
  return sortBy(all, ({ image }) => image);
}

/** Images of containers, and of what operators make of their objects. */
function imagesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'image' && typeof inner === 'string' ? [inner] : imagesIn(inner),
  );
}
