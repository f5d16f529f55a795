import type { KubeObject } from '../../src/kube/index.ts';
import type { ObservedName, Snapshot } from '../../src/observe/index.ts';

/** A snapshot of objects that somebody wrote down. */
export function snapshotOf(objects: readonly KubeObject[], connected = true): Snapshot {
  return {
    complete: true,
    connected,
    objects: (kind: ObservedName) => objects.filter((object) => object.kind === kind),
  };
}
