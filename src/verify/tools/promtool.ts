import { join } from 'node:path';
import { complaintOf, each } from '../each.ts';
import type { Tool } from '../tool.ts';

export const promtool: Tool = {
  name: 'promtool',
  what: 'Prometheus rules, and the tests of every alert',
  async run({ folder, files, program }) {
    const file = await program('promtool');
    const of = (kind: string) => files.filter((path) => new RegExp(`^monitoring/[^/]+/${kind}/`).test(path));
    const [rules, tests] = await Promise.all([
      each(of('rules'), (path) => complaintOf(file, ['check', 'rules', join(folder, path)])),
      each(of('tests'), (path) => complaintOf(file, ['test', 'rules', join(folder, path)])),
    ]);
    return {
      checked: [...rules.checked, ...tests.checked],
      complaints: [...rules.complaints, ...tests.complaints],
    };
  },
};
