import { field, listAt, textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';
import { namespaceOf } from '../world.ts';

export const FLX015: ObjectRule = {
  id: 'FLX015',
  title: 'values from what is not there',
  severity: 'warning',
  why: 'The release or the Kustomization fails until somebody makes it by hand, and a rebuilt cluster does not come up from Git alone.',
  remedy:
    'Put the ConfigMap or the encrypted Secret into the repository, in the namespace of who reads it; or say optional: true.',
  references: ['https://fluxcd.io/flux/components/helm/helmreleases/#values-references'],
  bad: `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: web }
spec: { valuesFrom: [{ kind: Secret, name: web-values }] }
`,
  good: `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: web }
spec: { valuesFrom: [{ kind: Secret, name: web-values, optional: true }] }
`,
  *inspect(world) {
    if (!world.whole) return;
    for (const object of world.of('HelmRelease', 'Kustomization'))
      for (const from of [
        ...listAt(object, 'spec', 'valuesFrom'),
        ...listAt(object, 'spec', 'postBuild', 'substituteFrom'),
      ]) {
        const [kind, name] = [textAt(from, 'kind') ?? 'ConfigMap', textAt(from, 'name') ?? ''];
        if (field(from, 'optional') !== true && world.find(kind, namespaceOf(object), name) === undefined)
          yield {
            object,
            message: `takes values from ${kind} ${namespaceOf(object)}/${name}, which nothing makes`,
          };
      }
  },
};
