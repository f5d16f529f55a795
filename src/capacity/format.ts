import { type CapacityReport, type ClusterCapacity, TARGETS, type Use } from './report.ts';

export type Format = 'text' | 'markdown';

const GIB = 2 ** 30;

/** The report for people: the same tables as text or as Markdown. */
export function formatReport({ clusters, sites, expand }: CapacityReport, format: Format): string {
  const blocks = [
    ...clusters.flatMap((cluster) => clusterBlocks(cluster)),
    ...sites.flatMap((site) => siteBlocks(site)),
    ...(expand.length === 0
      ? []
      : [
          { heading: 'Room to grow' },
          {
            rows: [
              ['slot', 'a module like its neighbours', 'cores', 'memory', 'watts at most'],
              ...expand.map(({ board, slot, model, cores, memory, watts }) => [
                `${board} ${slot}`,
                model,
                String(cores),
                gib(memory),
                String(watts),
              ]),
            ],
          },
        ]),
  ];
  return `${blocks.map((block) => render(block, format)).join('\n\n')}\n`;
}

type Block = { heading: string } | { rows: readonly (readonly string[])[] } | { lines: readonly string[] };

function clusterBlocks(cluster: ClusterCapacity): Block[] {
  const { storage, total } = cluster;
  const stored = storage.disks === 0 ? 0 : storage.withReplicas / storage.disks;
  const verdicts = [
    verdict('CPU', total.cpu.asked / total.cpu.allocatable, TARGETS.cpu),
    verdict('memory', total.memory.asked / total.memory.allocatable, TARGETS.memory),
    verdict('storage', stored, TARGETS.storage),
  ];
  const lost = cluster.without.map(({ node, unplaced }) =>
    unplaced.length === 0
      ? `without ${node} everything still fits`
      : `without ${node} there is no place for ${unplaced.join(', ')}`,
  );
  return [
    { heading: cluster.cluster },
    {
      rows: [
        ['node', 'CPU asked for', 'memory asked for', 'pods'],
        ...cluster.nodes.map((node) => useRow(node.node, node)),
        useRow('all', total),
      ],
    },
    {
      lines: [
        ...verdicts,
        `${storage.volumes} volumes ask for ${gib(storage.asked)}, ${gib(storage.withReplicas)} with replicas, of ${gib(storage.disks)} (${percent(stored)})`,
        ...(cluster.unplaced.length === 0 ? [] : [`there is no place for ${cluster.unplaced.join(', ')}`]),
        ...lost,
      ],
    },
    ...(cluster.apps.length === 0
      ? []
      : [
          {
            rows: [
              ['app', 'more of it that fit', 'runs out first'],
              ...cluster.apps.map(({ app, more, first }) => [app, String(more), first]),
            ],
          },
        ]),
  ];
}

function siteBlocks(site: CapacityReport['sites'][number]): Block[] {
  const { total, boards, nodes, supplyWatts, ups, kwhPerMonth, cost, savedPercent } = site;
  const row = (name: string, { idle, typical, peak }: typeof total) => [
    name,
    idle.toFixed(1),
    typical.toFixed(1),
    peak.toFixed(1),
  ];
  const [low, high] = savedPercent;
  return [
    { heading: `Power at ${site.site}` },
    {
      rows: [
        ['watts', 'idle', 'at what pods ask for', 'peak'],
        ...nodes.map((node) => row(`${node.cluster} ${node.node}`, node)),
        ...boards.map((board) => row(`board ${board.board}`, board)),
        row('all', total),
      ],
    },
    {
      lines: [
        ...(supplyWatts === undefined
          ? []
          : [`the supply gives ${supplyWatts} W, ${percent(total.peak / supplyWatts)} of it at peak`]),
        ...(ups === undefined
          ? []
          : [
              `the UPS lasts ${Math.round(ups.minutes.typical)} min as usual, ${Math.round(ups.minutes.peak)} min at peak`,
            ]),
        `${kwhPerMonth.toFixed(1)} kWh a month${cost === undefined ? '' : `, ${cost.perMonth.toFixed(2)} ${cost.currency}`}`,
        `${Math.round(low)} to ${Math.round(high)} % less than a server of 300 to 500 W`,
        ...(cost?.hardware === undefined
          ? []
          : [
              `${cost.hardware.paid} ${cost.currency} of hardware, paid by that difference in ${cost.hardware.months.map(Math.ceil).join(' to ')} months`,
            ]),
      ],
    },
  ];
}

function useRow(name: string, { cpu, memory, pods }: Use): string[] {
  return [
    name,
    `${cpu.asked.toFixed(2)} of ${cpu.allocatable.toFixed(2)} cores (${percent(cpu.asked / cpu.allocatable)})`,
    `${gib(memory.asked)} of ${gib(memory.allocatable)} (${percent(memory.asked / memory.allocatable)})`,
    `${pods.asked} of ${pods.allocatable}`,
  ];
}

function verdict(what: string, share: number, target: number): string {
  return share <= target
    ? `${what}: ${percent(share)} asked for, below the target of ${percent(target)}`
    : `${what}: ${percent(share)} asked for, above the target of ${percent(target)}`;
}

function render(block: Block, format: Format): string {
  if ('heading' in block) return format === 'markdown' ? `## ${block.heading}` : block.heading;
  if ('lines' in block)
    return block.lines.map((line) => (format === 'markdown' ? `- ${line}` : `  ${line}`)).join('\n');
  const { rows } = block;
  if (format === 'markdown') {
    const [head = [], ...body] = rows.map((row) => `| ${row.join(' | ')} |`);
    return [head, `|${(rows[0] ?? []).map(() => '---|').join('')}`, ...body].join('\n');
  }
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}
