import type { Board, Homelab } from '../../../model/index.ts';
import type { Facts } from '../facts.ts';
import type { ItemOf } from '../item.ts';

const NO_WATTS = { idle: 0, typical: 0, peak: 0 };

/** Sites with what they draw, and the boards that stand there. */
export function hardwareItems({ homelab, capacity }: Facts): (ItemOf<'site'> | ItemOf<'board'>)[] {
  return homelab.sites.flatMap((site) => {
    const power = capacity.sites.find((one) => one.site === site.name);
    const { lan, uplink } = site;
    const minutes = power?.ups?.minutes.typical;
    const item: ItemOf<'site'> = {
      type: 'site',
      name: site.name,
      subnet: lan.subnet.text,
      gateway: lan.gateway,
      ...(uplink && { uplink: `${uplink.downMbps} Mbit/s down, ${uplink.upMbps} up` }),
      watts: power?.total ?? NO_WATTS,
      ...(power?.supplyWatts === undefined ? {} : { supplyWatts: power.supplyWatts }),
      ...(minutes === undefined ? {} : { upsMinutes: minutes }),
      kwhPerMonth: power?.kwhPerMonth ?? 0,
      ...(power?.cost && { cost: `${power.cost.perMonth.toFixed(2)} ${power.cost.currency}` }),
    };
    const boards = site.boards.map((board): ItemOf<'board'> => {
      const watts = power?.boards.find((one) => one.board === board.name);
      return {
        type: 'board',
        site: site.name,
        name: board.name,
        model: board.kind === 'carrier' ? board.model : board.compute.model,
        carrier: board.kind === 'carrier',
        slots: slotsOf(homelab, board),
        ...(board.kind === 'carrier' && board.bmc !== undefined ? { bmc: board.bmc } : {}),
        watts:
          watts === undefined ? NO_WATTS : { idle: watts.idle, typical: watts.typical, peak: watts.peak },
      };
    });
    return [item, ...boards];
  });
}

/** The slots of a carrier, empty ones too; a single board is one slot. */
function slotsOf({ clusters }: Homelab, board: Board): ItemOf<'board'>['slots'] {
  const nodes = clusters.flatMap(({ nodes }) => nodes).filter(({ machine }) => machine.board === board.name);
  if (board.kind === 'single') {
    const [node] = nodes;
    return [{ slot: 1, model: board.compute.model, ...(node && { node: node.name }) }];
  }
  return Array.from({ length: board.slotCount }, (_, index) => {
    const slot = index + 1;
    const module = board.slots[String(slot)];
    const node = nodes.find(({ machine }) => machine.slot === slot);
    return { slot, ...(module && { model: module.model }), ...(node && { node: node.name }) };
  });
}
