import { textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

/** Last versions that Flux 2.7 still reads, by group; it says so itself when it drops one. */
const CURRENT: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['kustomize.toolkit.fluxcd.io', new Set(['v1'])],
  ['helm.toolkit.fluxcd.io', new Set(['v2'])],
  ['source.toolkit.fluxcd.io', new Set(['v1'])],
  ['image.toolkit.fluxcd.io', new Set(['v1'])],
  ['notification.toolkit.fluxcd.io', new Set(['v1', 'v1beta3'])],
]);

export const FLX011: ObjectRule = {
  id: 'FLX011',
  title: "a version of Flux' API that is being dropped",
  severity: 'warning',
  why: 'The next Flux does not serve it: the objects are refused, and what they deliver stops being delivered.',
  remedy: 'Write the current version; the fields are the same or renamed in the release notes.',
  references: ['https://github.com/fluxcd/flux2/releases'],
  bad: `
apiVersion: helm.toolkit.fluxcd.io/v2beta1
kind: HelmRelease
metadata: { name: web, namespace: web }
`,
  good: `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: web }
`,
  mend({ apiVersion }) {
    const [group = ''] = apiVersion.split('/');
    const [current] = CURRENT.get(group) ?? [];
    return current === undefined ? [] : [{ path: ['apiVersion'], value: `${group}/${current}` }];
  },
  *inspect(world) {
    for (const object of world.objects) {
      const [group = '', version = ''] = (textAt(object, 'apiVersion') ?? '').split('/');
      const current = CURRENT.get(group);
      if (current !== undefined && !current.has(version))
        yield { object, message: `is written in ${version}; the current version is ${[...current][0]}` };
    }
  },
};
