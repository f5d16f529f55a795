import { mkdtemp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { complaintOf, each } from '../each.ts';
import type { Tool } from '../tool.ts';

export const talosctl: Tool = {
  name: 'talosctl',
  what: 'configurations of Talos machines, made with their patches',
  async run({ folder, files, homelab, program }) {
    const file = await program('talosctl');
    const patches = files.filter((path) => path.endsWith('/talos-patch.yaml'));
    return each(patches, async (path) => {
      const [, cluster, name] = path.split('/');
      const lab = homelab.clusters.find((other) => other.name === cluster);
      const node = lab?.nodes.find((other) => other.name === name);
      if (lab === undefined || node === undefined) return 'it is of no machine of the definition';
      const out = await mkdtemp(join(folder, '.talos-'));
      // Its own services come beside the patch.
      const services = files.filter(
        (other) => dirname(other) === dirname(path) && other.endsWith('/nut-client.yaml'),
      );
      const generate = [
        'gen',
        'config',
        lab.name,
        `https://${lab.controlPlaneAddress}:6443`,
        `--kubernetes-version=${lab.kubernetes}`,
        ...[path, ...services].map((patch) => `--config-patch=@${join(folder, patch)}`),
        `--output=${out}`,
      ];
      const role = node.controlPlane ? 'controlplane' : 'worker';
      return (
        (await complaintOf(file, generate)) ??
        (await complaintOf(file, [
          'validate',
          '--mode=metal',
          '--strict',
          `--config=${join(out, `${role}.yaml`)}`,
        ]))
      );
    });
  },
};
