import { type Board, osName } from '../../model/index.ts';
import { blocks, list, table } from '../markdown.ts';
import { gib, placeOf, type Subject } from '../subject.ts';

/** Sites, boards, slots and nodes, and what they draw. */
export function hardwarePage(subject: Subject): string {
  return blocks(
    '# Hardware',
    ...subject.homelab.sites.map((site) => siteBlock(subject, site)),
    '## Nodes',
    nodeTable(subject),
    '## Why these boards',
    benefits(subject),
  );
}

function siteBlock({ homelab, capacity }: Subject, site: Subject['homelab']['sites'][number]): string {
  const power = capacity.sites.find((one) => one.site === site.name);
  const { supplyWatts, ups, price } = site.power ?? {};
  return blocks(
    `## Site ${site.name}`,
    list([
      `LAN ${site.lan.subnet.text}, router ${site.lan.gateway}, name servers ${site.lan.nameservers.join(', ')}`,
      ...(site.uplink ? [`uplink ${site.uplink.downMbps} Mbit/s down, ${site.uplink.upMbps} Mbit/s up`] : []),
      ...(supplyWatts === undefined
        ? []
        : [`supply of ${supplyWatts} W, of which ${power?.total.peak.toFixed(0)} W are drawn at most`]),
      ...(ups === undefined
        ? []
        : [
            `UPS of ${ups.wattHours} Wh: ${power?.ups?.minutes.typical.toFixed(0)} minutes as usual, ${power?.ups?.minutes.peak.toFixed(0)} at peak`,
          ]),
      ...(price === undefined
        ? []
        : [
            `electricity at ${price.perKwh} ${price.currency}/kWh: ${power?.cost?.perMonth.toFixed(2)} ${price.currency} a month`,
          ]),
    ]),
    table(
      ['Board', 'Model', 'Slots', 'Watts idle', 'as planned', 'at peak'],
      site.boards.map((board) => {
        const watts = power?.boards.find((one) => one.board === board.name);
        return [
          board.name,
          board.kind === 'carrier' ? board.model : board.compute.model,
          slots(board, homelab),
          watts?.idle.toFixed(1) ?? '',
          watts?.typical.toFixed(1) ?? '',
          watts?.peak.toFixed(1) ?? '',
        ];
      }),
    ),
  ).trim();
}

function slots(board: Board, { clusters }: Subject['homelab']): string {
  if (board.kind === 'single') return 'a computer of its own';
  const nodes = clusters.flatMap((cluster) => cluster.nodes);
  return Array.from({ length: board.slotCount }, (_, index) => {
    const node = nodes.find(({ machine }) => machine.board === board.name && machine.slot === index + 1);
    return `${index + 1}: ${node?.name ?? 'empty'}`;
  }).join(', ');
}

/** Every node with what is in it: the hardware specifications. */
export function nodeTable({ plans }: Subject): string {
  return table(
    [
      'Node',
      'Cluster',
      'Stands in',
      'Role',
      'Address',
      'CPU',
      'Memory',
      'Disks',
      'Network',
      'Operating system',
    ],
    plans.flatMap((plan) =>
      plan.cluster.nodes.map(({ name, address, controlPlane, worker, machine }) => [
        name,
        plan.cluster.name,
        placeOf(machine),
        [controlPlane ? 'control plane' : '', worker ? 'worker' : '']
          .filter((role) => role !== '')
          .join(' and '),
        address,
        `${machine.cores} cores, ${machine.arch}`,
        gib(machine.memory),
        machine.disks.map(({ kind, size }) => `${kind} ${size}`).join(', '),
        'gigabit Ethernet',
        osName(plan.cluster.os),
      ]),
    ),
  );
}

function benefits({ capacity }: Subject): string {
  return list(
    capacity.sites.flatMap(({ site, total, nodes, savedPercent, cost, ups }) => [
      `**Power efficiency** at ${site}: ${nodes.map(({ node, idle, peak }) => `${node} ${idle} to ${peak} W`).join(', ')}; ${Math.round(savedPercent[0])} to ${Math.round(savedPercent[1])} % less than a server of 300 to 500 W.`,
      ...(cost?.hardware === undefined
        ? []
        : [
            `**Cost effectiveness**: ${cost.hardware.paid} ${cost.currency} of hardware are paid by that difference in ${cost.hardware.months.map(Math.ceil).join(' to ')} months; there is no bill of a cloud.`,
          ]),
      ...(ups === undefined
        ? []
        : [
            `**UPS runtime**: ${Math.round(ups.minutes.typical)} minutes at the ${total.typical.toFixed(0)} W that are drawn as usual.`,
          ]),
      `**Scalability**: a module in a free slot or a further board becomes a node by one line of the definition; \`homeplane capacity\` says what it would bring.`,
    ]),
  );
}
