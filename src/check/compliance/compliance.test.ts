import { expect, it } from 'vitest';
import { soundDefinition } from '../../../test/support/definition.ts';
import { app, secret } from '../../apps/index.ts';
import { compile, planHomelab } from '../../compile/index.ts';
import { flannel } from '../../components/registry.ts';
import { readHomelab } from '../../model/index.ts';
import { replaceComponent } from '../example.ts';
import { assess } from './index.ts';

function assessed(change: (definition: ReturnType<typeof soundDefinition>) => void = () => undefined) {
  const definition = soundDefinition();
  change(definition);
  const { homelab } = readHomelab(definition);
  if (homelab === undefined) throw new Error('no homelab');
  return { results: planHomelab(homelab).flatMap(assess), tree: compile(homelab) };
}

const statusOf = (results: ReturnType<typeof assessed>['results'], id: string) =>
  results.find((result) => result.framework === 'CIS' && result.id === id)?.status;

it('names evidence that is in the tree', () => {
  const { results, tree } = assessed();
  const files = [...tree.keys()];
  expect(results.length).toBeGreaterThan(30);
  for (const { id, evidence, paths } of results) {
    expect(evidence.length, id).toBeGreaterThan(5);
    for (const path of paths)
      expect(
        files.some((file) => file === path || file.startsWith(`${path}/`)),
        `${id}: ${path}`,
      ).toBe(true);
  }
});

it('sees what an environment that is not hardened lacks', () => {
  const { results } = assessed((definition) => {
    for (const lab of definition.clusters) lab.environment = 'staging';
  });
  expect(statusOf(results, '1.2.27-28')).toBe('not met');
  expect(statusOf(assessed().results, '1.2.27-28')).toBe('met');
});

it('sees policies that are not enforced, and secrets in the environment', () => {
  const { results } = assessed((definition) => {
    replaceComponent(definition, 'flannel', flannel({ networkPolicies: false }));
    for (const lab of definition.clusters)
      lab.apps = [
        app('notes', {
          image: 'a/notes:1',
          env: { KEY: secret('key') },
          requests: { cpu: '10m', memory: '16Mi' },
        }),
      ];
  });
  expect(statusOf(results, '5.3.1')).toBe('not met');
  expect(results.find(({ id }) => id === '5.4.1')?.evidence).toContain('notes');
});
