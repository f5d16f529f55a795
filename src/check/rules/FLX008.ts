import { field, listAt } from '../../kube/index.ts';
import { dependents } from '../flux.ts';
import type { ObjectRule } from '../rule.ts';

const HAVE_HEALTH: ReadonlySet<string> = new Set([
  'CustomResourceDefinition',
  'DaemonSet',
  'Deployment',
  'HelmRelease',
  'Job',
  'Kustomization',
  'StatefulSet',
]);

export const FLX008: ObjectRule = {
  id: 'FLX008',
  title: 'waited for, and ready too early',
  severity: 'warning',
  why: 'A Kustomization without health checks is ready as soon as its objects are applied: what depends on it starts before its pods or its CRDs are there, and fails now and then.',
  remedy: 'Set wait: true, or list healthChecks.',
  references: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#health-checks'],
  bad: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: infra, namespace: flux-system }
spec: { prune: true }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { prune: true, dependsOn: [{ name: infra }] }
`,
  good: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: infra, namespace: flux-system }
spec: { prune: true, wait: true }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { prune: true, dependsOn: [{ name: infra }] }
`,
  mend: () => [{ path: ['spec', 'wait'], value: true }],
  *inspect(world) {
    const awaited = new Set(
      dependents(world).flatMap(({ needs }) => needs.flatMap(({ found }) => found ?? [])),
    );
    for (const object of awaited) {
      // Pools, classes and schedules have no health: there is nothing to wait for.
      const applied = world.appliedBy(object);
      if (applied?.some(({ kind }) => HAVE_HEALTH.has(kind)) === false) continue;
      if (
        object.kind === 'Kustomization' &&
        field(object, 'spec', 'wait') !== true &&
        listAt(object, 'spec', 'healthChecks').length === 0
      )
        yield { object, message: 'is waited for by others, and checks the health of nothing' };
    }
  },
};
