import { join } from 'node:path';
import { complaintOf, each } from '../each.ts';
import type { Tool } from '../tool.ts';

export const amtool: Tool = {
  name: 'amtool',
  what: "Alertmanager's configuration",
  async run({ folder, files, program }) {
    const file = await program('amtool');
    const configs = files.filter((path) => /^monitoring\/[^/]+\/alertmanager\.yaml$/.test(path));
    return each(configs, (path) => complaintOf(file, ['check-config', join(folder, path)]));
  },
};
