import { field } from '../../kube/index.ts';
import { kustomizations } from '../flux.ts';
import type { ObjectRule } from '../rule.ts';

export const FLX007: ObjectRule = {
  id: 'FLX007',
  title: 'what is deleted in Git stays in the cluster',
  severity: 'info',
  why: 'Without prune, the cluster slowly fills with what nobody has in Git any more, and a rebuilt one differs.',
  remedy: 'Set prune: true.',
  references: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#prune'],
  bad: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { prune: false }
`,
  good: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { prune: true }
`,
  mend: () => [{ path: ['spec', 'prune'], value: true }],
  *inspect(world) {
    for (const object of kustomizations(world))
      if (field(object, 'spec', 'prune') !== true) yield { object, message: 'does not prune' };
  },
};
