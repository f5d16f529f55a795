import { dependents } from '../flux.ts';
import type { ObjectRule } from '../rule.ts';

export const FLX005: ObjectRule = {
  id: 'FLX005',
  title: 'waiting for what is not there',
  severity: 'error',
  why: 'Flux waits for ever for a Kustomization or a release of that name to become ready.',
  remedy: 'Write the name, and the namespace when it is another one, of what it should wait for.',
  references: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies'],
  bad: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { dependsOn: [{ name: infra }] }
`,
  good: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { dependsOn: [{ name: infra }] }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: infra, namespace: flux-system }
spec: {}
`,
  *inspect(world) {
    for (const { object, needs } of dependents(world))
      for (const { name, namespace, found } of needs)
        if (found === undefined)
          yield { object, message: `waits for ${object.kind} ${namespace}/${name}, which nothing makes` };
  },
};
