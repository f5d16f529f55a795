import { sourceOf } from '../flux.ts';
import type { ObjectRule } from '../rule.ts';

export const FLX006: ObjectRule = {
  id: 'FLX006',
  title: 'a source that is not there',
  severity: 'error',
  why: 'Without its source nothing of it is fetched, and what it should apply stays as it is.',
  remedy: 'Name the kind, name and namespace of a source that exists.',
  references: ['https://fluxcd.io/flux/components/source/'],
  bad: `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: web }
spec: { chart: { spec: { chart: web, version: 1.0.0, sourceRef: { kind: HelmRepository, name: web } } } }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: web, namespace: flux-system }
spec: { url: 'https://charts.example.org' }
`,
  good: `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: web }
spec: { chart: { spec: { chart: web, version: 1.0.0, sourceRef: { kind: HelmRepository, name: web, namespace: flux-system } } } }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: web, namespace: flux-system }
spec: { url: 'https://charts.example.org' }
`,
  *inspect(world) {
    for (const object of world.of('HelmRelease', 'Kustomization')) {
      const source = sourceOf(object);
      // What bootstraps Flux makes its own source.
      if (source === undefined || source.name === 'flux-system') continue;
      if (world.find(source.kind, source.namespace, source.name) === undefined)
        yield {
          object,
          message: `takes from ${source.kind} ${source.namespace}/${source.name}, which nothing makes`,
        };
    }
  },
};
