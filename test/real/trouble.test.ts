import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CHARTS, copyOf, NOWHERE, Up, untilGone } from './support.ts';

let up: Up | undefined;
afterEach(async () => {
  up?.signal('SIGKILL');
  await up?.exited;
});

describe.skipIf(CHARTS === undefined)('a chart whose pods may not start', () => {
  it("is told by the object at fault and the API server's own message", async () => {
    const folder = await copyOf('homelab/homelab.ts');
    const file = join(folder, 'homelab.ts');
    const broken =
      'certManager({ values: { containerSecurityContext: { allowPrivilegeEscalation: true } } })';
    const text = await readFile(file, 'utf8');
    // That of staging, the last of them.
    const at = text.lastIndexOf('certManager()');
    await writeFile(file, text.slice(0, at) + broken + text.slice(at + 'certManager()'.length));
    up = new Up(folder, ['staging']);
    const cause = await up.event('cause', ({ type }) => type === 'cause');
    expect(cause['object']).toMatch(/^(Deployment|ReplicaSet)\/cert-manager\/cert-manager/);
    expect(cause['message']).toMatch(
      /^pods "cert-manager-\S+" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false/,
    );
  });
});

describe('without charts and without Internet', () => {
  it('control planes and Flux run, and the run says which charts are missing', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'homeplane-no-charts-'));
    up = new Up(await copyOf('homelab/homelab.ts', false), ['--exit-when-ready'], {
      ...NOWHERE,
      HOMEPLANE_CHARTS: empty,
    });
    for (const cluster of ['production', 'staging']) {
      await up.event(
        `${cluster} boots`,
        (event) => event.type === 'finished' && event['task'] === `boot ${cluster}`,
      );
      await up.event(
        `${cluster} root`,
        (event) =>
          event.type === 'object' &&
          event.cluster === cluster &&
          event['kind'] === 'Kustomization' &&
          event['name'] === 'flux-system' &&
          event['state'] === 'ready',
      );
    }
    const pids = await up.pids();
    expect(await up.exited).toBe(3);
    expect(up.stderr).toContain('fault HP1308 charts cannot be had');
    for (const repository of [
      'metallb-github-io-metallb',
      'flannel-io-github-io-flannel',
      'charts-jetstack-io',
    ])
      expect(up.stderr).toMatch(
        new RegExp(`staging HelmRepository/flux-system/${repository}: .*127\\.0\\.0\\.1:9`),
      );
    await untilGone(pids);
  });
});
