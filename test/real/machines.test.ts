import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/index.ts';
import { loadDefinition } from '../../src/project/index.ts';
import { program, ROOT } from './support.ts';

/** kubeadm configurations of a definition, path in the tree -> content. */
async function configurations(definition: string): Promise<[string, string][]> {
  const { homelab } = await loadDefinition(join(ROOT, definition));
  if (homelab === undefined) throw new Error('no homelab');
  return [...compile(homelab)].filter(([path]) => path.endsWith('/kubeadm.yaml'));
}

describe('kubeadm accepts', async () => {
  const all = [
    ...(await configurations('homelab/homelab.ts')),
    ...(await configurations('examples/three-pi/homelab.ts')),
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
