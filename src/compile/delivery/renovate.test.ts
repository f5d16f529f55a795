import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadDefinition } from '../../project/index.ts';
import { planHomelab } from '../index.ts';
import { renovateConfig } from './renovate.ts';

interface Manager {
  readonly matchStrings: readonly string[];
  readonly depNameTemplate?: string;
}

const FILE = new URL('../../../homelab/homelab.ts', import.meta.url).pathname;

/** Runs the managers' expressions over a definition as Renovate does. */
async function found(source: string): Promise<string[]> {
  const { homelab } = await loadDefinition(FILE);
  if (homelab === undefined) throw new Error('no homelab');
  const { customManagers } = renovateConfig(planHomelab(homelab)) as { customManagers: Manager[] };
  return customManagers.flatMap(({ matchStrings, depNameTemplate }) =>
    matchStrings.flatMap((expression) =>
      [...source.matchAll(new RegExp(expression, 'g'))].map(
        ({ groups }) => `${groups?.['depName'] ?? depNameTemplate ?? '?'} ${groups?.['currentValue'] ?? '?'}`,
      ),
    ),
  );
}

it('finds every image and version of the reference homelab in its definition', async () => {
  const source = readFileSync(FILE, 'utf8');
  const images = [...source.matchAll(/image: '([^']+):([^':]+)'/g)].map(([, name, tag]) => `${name} ${tag}`);
  expect(images.length).toBeGreaterThanOrEqual(7);
  expect(await found(source)).toEqual([
    ...images,
    'kubernetes/kubernetes 1.36.3',
    'kubernetes/kubernetes 1.36.3',
    'siderolabs/talos 1.13.0',
  ]);
});

it('finds the version of a chart: of a component, and of an app', async () => {
  const source = `
    metallb({ chart: '0.16.1' }),
    traefik({ address: '192.168.100.160', chart: '41.3.0' }),
    flux({ chart: '0.49.0' }),
    helmApp('x', { chart: { repository: 'https://charts.example.org', name: 'x', version: '1.2.3' } }),`;
  expect(await found(source)).toEqual([
    'x 1.2.3',
    'ghcr.io/controlplaneio-fluxcd/charts/flux-operator 0.49.0',
    'metallb 0.16.1',
    'traefik 41.3.0',
  ]);
});
