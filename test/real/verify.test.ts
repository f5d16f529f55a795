import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import type { ToolReport } from '../../src/verify/index.ts';
import { CHARTS, copyOf, ROOT } from './support.ts';

async function verified(folder: string, ...tools: string[]) {
  const charts = CHARTS === undefined ? [] : ['--charts', CHARTS];
  const args = [join(ROOT, 'dist/cli/main.js'), 'verify', ...tools, '--json', ...charts];
  const { exitCode, stdout, stderr } = await execa('node', args, { cwd: folder, reject: false });
  if (stdout === '') throw new Error(stderr);
  return { exitCode, tools: (JSON.parse(stdout) as { tools: ToolReport[] }).tools };
}

it('every program accepts what it can read of the example; what is not installed is named', async () => {
  const { exitCode, tools } = await verified(await copyOf('examples/three-pi/homelab.ts'));
  const states = Object.fromEntries(tools.map(({ tool, state }) => [tool, state]));
  // It has no Talos and no Prometheus.
  expect(states).toMatchObject({
    flux: 'passed',
    kubeadm: 'passed',
    talosctl: 'nothing to read',
    amtool: 'nothing to read',
  });
  for (const tool of ['kubeconform', 'renovate-config-validator', 'trivy', 'polaris'])
    expect(states).toHaveProperty(tool);
  expect(tools.every(({ state, files }) => state !== 'passed' || files > 0)).toBe(true);
  expect(exitCode).toBe(0);
});

it('only those that are named are asked, of the reference homelab', async () => {
  const { exitCode, tools } = await verified(await copyOf('homelab/homelab.ts'), 'amtool', 'talosctl');
  expect(tools.map(({ tool, state, files }) => [tool, state, files])).toEqual([
    ['amtool', 'passed', 2],
    ['talosctl', 'passed', 3],
  ]);
  expect(exitCode).toBe(0);
});

it.skipIf(CHARTS === undefined)(
  'what one does not accept is led back to the line of the definition',
  async () => {
    const folder = await copyOf('examples/three-pi/homelab.ts');
    const file = join(folder, 'homelab.ts');
    const text = await readFile(file, 'utf8');
    const broken = text.replace('metallb()', "metallb({ values: { speaker: 'none' } })");
    expect(broken).not.toBe(text);
    await writeFile(file, broken);
    const line = broken.split('\n').findIndex((each) => each.includes("speaker: 'none'")) + 1;
    const { exitCode, tools } = await verified(folder);
    const findings = tools.flatMap((tool) => tool.findings);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings[0]).toMatchObject({
      rule: 'flux',
      message: expect.stringContaining('FLX020 HelmRelease/metallb-system/metallb') as string,
      position: { file, line },
    });
    expect(exitCode).toBe(1);
  },
);
