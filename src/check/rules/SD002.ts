import { holdsVolumes, microSd } from '../../model/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const SD002: DefinitionRule = {
  id: 'SD002',
  title: 'a worker that holds no volumes',
  severity: 'warning',
  why: 'Its only disk is a microSD card, which replicas would wear out: the other nodes hold one replica fewer than they could.',
  remedy: 'Give the board another disk, such as usbSsd("1TB") or nvme("1TB").',
  bad(definition) {
    const [board] = definition.sites[0]?.boards ?? [];
    if (board?.kind === 'single') board.compute.disks = [microSd('64GB')];
  },
  *find({ plans }) {
    for (const { cluster, exports } of plans) {
      const cards = cluster.nodes.filter((node) => node.worker && !holdsVolumes(node));
      if (
        exports.storage === undefined ||
        cards.length === cluster.nodes.filter(({ worker }) => worker).length
      )
        continue;
      for (const { name, at, machine } of cards)
        yield { at, message: `node ${name} has no disk but the microSD card of ${machine.board}` };
    }
  },
};
