import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { complaintOf, each } from '../each.ts';
import type { Tool } from '../tool.ts';

/** What the bootstrap brings to a machine that joins; kubeadm wants to see such a file. */
const DISCOVERY = '/etc/kubernetes/discovery.conf';

export const kubeadm: Tool = {
  name: 'kubeadm',
  what: 'configurations of Ubuntu machines',
  async run({ folder, files, program }) {
    const file = await program('kubeadm');
    const configs = files.filter((path) => path.endsWith('/kubeadm.yaml'));
    return each(configs, async (path) => {
      const scratch = await mkdtemp(join(folder, '.kubeadm-'));
      const discovery = join(scratch, 'discovery.conf');
      await writeFile(discovery, 'apiVersion: v1\nkind: Config\n');
      const config = join(scratch, 'kubeadm.yaml');
      await writeFile(config, (await readFile(join(folder, path), 'utf8')).replaceAll(DISCOVERY, discovery));
      return complaintOf(file, ['config', 'validate', '--config', config]);
    });
  },
};
