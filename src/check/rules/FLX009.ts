import { field, textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

export const FLX009: ObjectRule = {
  id: 'FLX009',
  title: 'a chart that upgrades itself',
  severity: 'warning',
  why: 'A range, or no version, is whatever was published last: the cluster changes without a commit, and Git cannot take it back.',
  remedy: 'Pin one version, and let Renovate propose the next.',
  references: ['https://fluxcd.io/flux/components/helm/helmreleases/#chart-template'],
  bad: `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: web }
spec: { chart: { spec: { chart: web, version: 1.x, sourceRef: { kind: HelmRepository, name: flux-system } } } }
`,
  good: `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: web }
spec: { chart: { spec: { chart: web, version: 1.2.3, sourceRef: { kind: HelmRepository, name: flux-system } } } }
`,
  *inspect(world) {
    for (const object of world.of('HelmRelease')) {
      const chart = field(object, 'spec', 'chart', 'spec');
      // A chart in Git has its version in the commit.
      if (chart === undefined || textAt(chart, 'sourceRef', 'kind') !== 'HelmRepository') continue;
      const version = textAt(chart, 'version');
      if (version === undefined || !/^v?\d+\.\d+\.\d+([-+].*)?$/.test(version))
        yield {
          object,
          message: `takes ${version === undefined ? 'any version' : `version ${version}`} of its chart`,
        };
    }
  },
};
