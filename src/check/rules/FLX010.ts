import { textAt } from '../../kube/index.ts';
import { seconds } from '../flux.ts';
import type { ObjectRule } from '../rule.ts';

const LEAST = {
  GitRepository: 30,
  OCIRepository: 60,
  HelmRepository: 300,
  Kustomization: 60,
  HelmRelease: 60,
} as const;

export const FLX010: ObjectRule = {
  id: 'FLX010',
  title: 'asking far too often',
  severity: 'warning',
  why: 'Each round fetches, renders and compares everything: on ARM boards that alone keeps cores busy, wears the disk, and Git hosts answer with limits.',
  remedy:
    'A minute for Git, an hour for Kustomizations and releases; a webhook (Receiver) for what must be at once.',
  references: ['https://fluxcd.io/flux/components/notification/receivers/'],
  bad: `
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: web, namespace: flux-system }
spec: { interval: 10s, url: 'https://charts.example.org' }
`,
  good: `
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: web, namespace: flux-system }
spec: { interval: 1h, url: 'https://charts.example.org' }
`,
  mend: ({ kind }) => [{ path: ['spec', 'interval'], value: kind === 'GitRepository' ? '1m' : '1h' }],
  *inspect(world) {
    for (const [kind, least] of Object.entries(LEAST))
      for (const object of world.of(kind)) {
        const interval = textAt(object, 'spec', 'interval');
        const every = interval === undefined ? undefined : seconds(interval);
        if (every !== undefined && every < least)
          yield { object, message: `is asked every ${interval}; ${least} s is often enough` };
      }
  },
};
