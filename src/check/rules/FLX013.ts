import { field, type KubeObject } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

export const FLX013: ObjectRule = {
  id: 'FLX013',
  title: 'a release that is tried once',
  severity: 'warning',
  why: 'Helm gives up after the first failure, a slow image on a slow card is enough, and the release stays failed until somebody looks.',
  remedy: 'Set install and upgrade remediation with retries, or the strategy RetryOnFailure.',
  references: ['https://fluxcd.io/flux/components/helm/helmreleases/#configuring-failure-handling'],
  bad: `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: web }
spec: { interval: 1h }
`,
  good: `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: web }
spec: { install: { remediation: { retries: 3 } }, upgrade: { strategy: { name: RetryOnFailure } } }
`,
  mend(release) {
    const missing = ['install', 'upgrade'].filter((action) => triesOf(release, action) === undefined);
    return missing.map((action) => ({ path: ['spec', action, 'remediation', 'retries'], value: 3 }));
  },
  *inspect(world) {
    for (const object of world.of('HelmRelease'))
      for (const action of ['install', 'upgrade']) {
        if (triesOf(object, action) === undefined) yield { object, message: `tries its ${action} once` };
      }
  },
};

function triesOf(release: KubeObject, action: string): unknown {
  return (
    field(release, 'spec', action, 'remediation', 'retries') ?? field(release, 'spec', action, 'strategy')
  );
}
