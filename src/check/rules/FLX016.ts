import { textAt } from '../../kube/index.ts';
import { kustomizations, seconds } from '../flux.ts';
import type { ObjectRule } from '../rule.ts';

export const FLX016: ObjectRule = {
  id: 'FLX016',
  title: 'a failure that is tried again only much later',
  severity: 'info',
  why: 'After a failure Flux waits for retryInterval, and without one for the whole interval: what would work a minute later stays broken for an hour.',
  remedy: 'Set retryInterval: 1m or 2m.',
  references: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#retry-interval'],
  bad: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { prune: true, interval: 1h }
`,
  good: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { prune: true, interval: 1h, retryInterval: 2m }
`,
  mend: () => [{ path: ['spec', 'retryInterval'], value: '2m' }],
  *inspect(world) {
    for (const object of kustomizations(world)) {
      const interval = textAt(object, 'spec', 'interval') ?? '';
      if (textAt(object, 'spec', 'retryInterval') === undefined && (seconds(interval) ?? 0) > 1800)
        yield { object, message: `is tried again only after its interval, ${interval}` };
    }
  },
};
