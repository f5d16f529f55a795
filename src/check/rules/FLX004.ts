import { type KubeObject, objectName } from '../../kube/index.ts';
import { type Dependent, dependents } from '../flux.ts';
import type { ObjectRule } from '../rule.ts';

export const FLX004: ObjectRule = {
  id: 'FLX004',
  title: 'Kustomizations or releases that wait for each other',
  severity: 'error',
  why: 'Each waits for the other to be ready: none is ever applied, and Flux only says that a dependency is not ready.',
  remedy: 'Take one dependsOn of the circle away, or split what both need into a third.',
  references: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies'],
  bad: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: one, namespace: flux-system }
spec: { dependsOn: [{ name: two }] }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: two, namespace: flux-system }
spec: { dependsOn: [{ name: one }] }
`,
  good: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: one, namespace: flux-system }
spec: { dependsOn: [{ name: two }] }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: two, namespace: flux-system }
spec: {}
`,
  *inspect(world) {
    const all = dependents(world);
    const next = new Map(all.map(({ object, needs }) => [object, needs.flatMap(({ found }) => found ?? [])]));
    const told = new Set<KubeObject>();
    for (const { object } of all) {
      const circle = circleThrough(object, next);
      if (circle === undefined || circle.some((member) => told.has(member))) continue;
      for (const member of circle) told.add(member);
      yield { object, message: `waits for itself: ${[...circle, object].map(objectName).join(' -> ')}` };
    }
  },
};

/** The way from an object back to itself, if there is one. */
function circleThrough(
  start: Dependent['object'],
  next: ReadonlyMap<KubeObject, readonly KubeObject[]>,
): KubeObject[] | undefined {
  const seen = new Set<KubeObject>();
  const ways: KubeObject[][] = [[start]];
  for (let way = ways.pop(); way !== undefined; way = ways.pop())
    for (const object of next.get(way.at(-1) ?? start) ?? []) {
      if (object === start) return way;
      if (seen.has(object)) continue;
      seen.add(object);
      ways.push([...way, object]);
    }
  return undefined;
}
