import { field, textAt } from '../../kube/index.ts';
import { unique } from '../../util/index.ts';
import type { ObjectRule } from '../rule.ts';

/** There from the start, or made by what installs Flux. */
const BUILT_IN = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease', 'flux-system']);

export const DEF010: ObjectRule = {
  id: 'DEF010',
  title: 'a namespace that nothing makes',
  severity: 'warning',
  why: 'Objects for a namespace that is not there are refused: on this cluster somebody once made it by hand, a rebuilt one does not come up.',
  remedy: 'Add the Namespace to the repository, or createNamespace to the release.',
  bad: `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: web }
`,
  good: `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: web }
---
apiVersion: v1
kind: Namespace
metadata: { name: web }
`,
  *inspect(world) {
    if (!world.whole) return;
    const made = new Set(world.of('Namespace').map(({ metadata }) => metadata.name));
    const created = new Set(
      world
        .of('HelmRelease')
        .filter((release) => field(release, 'spec', 'install', 'createNamespace') === true)
        .map((release) => textAt(release, 'spec', 'targetNamespace') ?? release.metadata.namespace),
    );
    const used = unique(world.objects.flatMap(({ metadata }) => metadata.namespace ?? []));
    for (const namespace of used) {
      if (made.has(namespace) || created.has(namespace) || BUILT_IN.has(namespace)) continue;
      const object = world.objects.find(({ metadata }) => metadata.namespace === namespace);
      if (object !== undefined)
        yield { object, message: `is in namespace ${namespace}, which nothing makes` };
    }
  },
};
