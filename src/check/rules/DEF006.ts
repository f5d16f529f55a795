import { nvme, raspberryPi5 } from '../../model/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const DEF006: DefinitionRule = {
  id: 'DEF006',
  title: 'a machine that no cluster uses',
  severity: 'warning',
  why: 'It draws power and does nothing; a node was perhaps forgotten.',
  remedy: 'Make a node of it, or take it out of the definition.',
  bad(definition) {
    for (const site of definition.sites)
      site.boards.push(raspberryPi5('spare', { memory: '8GB', disks: [nvme('512GB')] }));
  },
  *find({ homelab }) {
    const used = new Set(
      homelab.clusters.flatMap(({ nodes }) =>
        nodes.map(({ machine }) => `${machine.board} ${machine.slot ?? ''}`),
      ),
    );
    for (const { boards, at } of homelab.sites)
      for (const [index, board] of boards.entries()) {
        const slots = board.kind === 'carrier' ? Object.keys(board.slots) : [''];
        for (const slot of slots)
          if (!used.has(`${board.name} ${slot}`))
            yield {
              at: [...at, 'boards', index],
              message: `no cluster has a node on ${board.name}${slot === '' ? '' : `, slot ${slot}`}`,
            };
      }
  },
};
