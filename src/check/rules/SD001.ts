import { microSd } from '../../model/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const SD001: DefinitionRule = {
  id: 'SD001',
  title: 'no node can hold volumes',
  severity: 'error',
  why: 'Replicas are not put on microSD cards, which they would wear out within months: every claim stays pending.',
  remedy: 'Give a worker another disk, such as usbSsd("1TB") or nvme("1TB"), or leave the storage out.',
  bad(definition) {
    for (const site of definition.sites)
      for (const board of site.boards) if (board.kind === 'single') board.compute.disks = [microSd('64GB')];
  },
  *find({ plans }) {
    for (const { cluster, exports, components } of plans) {
      const workers = cluster.nodes.filter(({ worker }) => worker);
      const able = workers.some(({ machine }) => machine.dataDisk.kind !== 'micro-sd');
      if (exports.storage === undefined || able) continue;
      const provider = components.find(({ component }) => component.name === 'longhorn');
      yield {
        at: provider?.use.at ?? cluster.at,
        message: `the workers of cluster ${cluster.name} have only microSD cards`,
      };
    }
  },
};
