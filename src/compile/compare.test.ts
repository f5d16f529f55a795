import { expect, it } from 'vitest';
import { soundDefinition } from '../../test/support/definition.ts';
import { readHomelab } from '../model/index.ts';
import { compareClusters, planHomelab } from './index.ts';

function plans(change: (definition: ReturnType<typeof soundDefinition>) => void) {
  const definition = soundDefinition();
  change(definition);
  const { homelab } = readHomelab(definition);
  if (homelab === undefined) throw new Error('not sound');
  return planHomelab(homelab);
}

it('finds nothing between a cluster and itself', () => {
  const [lab] = plans(() => undefined);
  if (lab === undefined) throw new Error('no cluster');
  expect(compareClusters(lab, lab)).toEqual([]);
});

it('finds what an environment changes, and a component that is missing', () => {
  const [production] = plans(() => undefined);
  const [staging] = plans(({ clusters }) => {
    for (const lab of clusters) {
      lab.environment = 'staging';
      lab.components = lab.components.filter(({ component }) => component !== 'trivy-operator');
    }
  });
  if (production === undefined || staging === undefined) throw new Error('no cluster');
  const differences = compareClusters(production, staging);
  expect(differences).toEqual(
    expect.arrayContaining([
      { subject: 'cluster', path: 'environment', left: 'production', right: 'staging' },
      { subject: 'cluster', path: 'policy.redundant', left: 'true', right: 'false' },
      { subject: 'traefik', path: 'HelmRelease/traefik.values.deployment.replicas', left: '2', right: '1' },
      { subject: 'polaris', path: 'HelmRelease/polaris.values.webhook.enable', left: 'true', right: 'false' },
      { subject: 'trivy-operator', path: 'component', left: 'present', right: undefined },
    ]),
  );
  expect(differences.filter(({ subject }) => subject === 'metallb')).toEqual([]);
});
