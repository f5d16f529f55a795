import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/index.ts';
import { loadDefinition } from '../../src/project/index.ts';
import { program, ROOT } from './support.ts';

/** Machine configurations of a definition, path in the tree -> content. */
async function configurations(definition: string, file: string): Promise<[string, string][]> {
  const { homelab } = await loadDefinition(join(ROOT, definition));
  if (homelab === undefined) throw new Error('no homelab');
  return [...compile(homelab)].filter(([path]) => path.endsWith(`/${file}`));
}

describe('kubeadm accepts', async () => {
  const all = [
    ...(await configurations('homelab/homelab.ts', 'kubeadm.yaml')),
    ...(await configurations('examples/three-pi/homelab.ts', 'kubeadm.yaml')),
  ];

  it.each(all)('%s', async (_path, content) => {
    const folder = await mkdtemp(join(tmpdir(), 'homeplane-kubeadm-'));
    // The bootstrap brings this file to the machine; kubeadm wants to see one.
    const discovery = join(folder, 'discovery.conf');
    await writeFile(discovery, 'apiVersion: v1\nkind: Config\n');
    const file = join(folder, 'kubeadm.yaml');
    await writeFile(file, content.replace('/etc/kubernetes/discovery.conf', discovery));
    const { exitCode, stderr } = await execa(
      await program('kubeadm'),
      ['config', 'validate', '--config', file],
      { reject: false },
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('not what it does not know', async () => {
    const [, content = ''] = all[0] ?? [];
    const file = join(await mkdtemp(join(tmpdir(), 'homeplane-kubeadm-')), 'kubeadm.yaml');
    await writeFile(file, content.replace('podSubnet', 'podSubnets'));
    const { exitCode } = await execa(await program('kubeadm'), ['config', 'validate', '--config', file], {
      reject: false,
    });
    expect(exitCode).not.toBe(0);
  });
});

describe('talosctl accepts', async () => {
  const all = await configurations('homelab/homelab.ts', 'talos-patch.yaml');
  const services = new Map(await configurations('homelab/homelab.ts', 'nut-client.yaml'));

  it.each(all)('%s', async (path, content) => {
    const { exitCode, stderr } = await validated(path, content);
    expect(exitCode, stderr).toBe(0);
  });

  it('not what it does not know', async () => {
    const [path, content] = all[0] ?? ['', ''];
    const { exitCode } = await validated(path, content.replace('nameservers:', 'nameServers:'));
    expect(exitCode).not.toBe(0);
  });

  /** Generates a configuration with the patch, as the bootstrap does, and validates it for bare metal. */
  async function validated(path: string, patch: string) {
    const folder = await mkdtemp(join(tmpdir(), 'homeplane-talos-'));
    const file = join(folder, 'patch.yaml');
    await writeFile(file, patch);
    const service = join(folder, 'nut-client.yaml');
    await writeFile(service, services.get(path.replace('talos-patch', 'nut-client')) ?? '');
    const talosctl = await program('talosctl');
    const args = ['gen', 'config', 'production', 'https://192.168.100.101:6443'];
    const patches = [`--config-patch=@${file}`, `--config-patch=@${service}`];
    const options = ['--kubernetes-version=1.36.3', ...patches, `--output=${folder}`];
    const generated = await execa(talosctl, [...args, ...options], { reject: false });
    if (generated.exitCode !== 0) return generated;
    const role = path.includes('/rk1-1/') ? 'controlplane' : 'worker';
    const validate = ['validate', '--mode=metal', '--strict', `--config=${join(folder, `${role}.yaml`)}`];
    return execa(talosctl, validate, { reject: false });
  }
});
