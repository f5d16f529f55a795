import type { z } from 'zod';
import { formatIp, type IpRange, parseCidr, parseRange } from '../util/index.ts';
import type { Board } from './board.ts';
import type { ClusterSchema } from './cluster.ts';
import { ENVIRONMENT_POLICIES } from './environment.ts';
import type { Cluster, Machine, Node, Site } from './homelab.ts';
import type { Path } from './position.ts';
import { parseBytes } from './quantity.ts';
import type { SiteSchema } from './site.ts';

type NodeData = z.output<typeof ClusterSchema>['nodes'][number];

/** Turns a validated site into its resolved form. */
export function resolveSite(site: z.output<typeof SiteSchema>, at: Path): Site {
  const { lan, uplink, power } = site;
  return {
    name: site.name,
    at,
    lan: {
      subnet: { ...must(parseCidr(lan.subnet)), text: lan.subnet },
      gateway: lan.gateway,
      nameservers: lan.nameservers ?? [lan.gateway],
      timeServers: lan.timeServers,
      reserved: lan.reserved.map((entry) => ({
        range: must(parseRange(entry.range)),
        text: entry.range,
        for: entry.for,
      })),
      pools: Object.entries(lan.pools).map(([name, text]) => {
        const range = must(parseRange(text));
        return { name, range, text: formatRange(range), at: [...at, 'lan', 'pools', name] };
      }),
    },
    uplink,
    power,
    boards: site.boards,
  };
}

/** Turns a validated cluster into its resolved form; every reference is known to lead somewhere. */
export function resolveCluster(
  cluster: z.output<typeof ClusterSchema>,
  at: Path,
  sites: readonly Site[],
): Cluster {
  const boards = new Map(sites.flatMap((site) => site.boards.map((board) => [board.name, { board, site }])));
  const home = (node: NodeData) => must(boards.get('slot' in node.on ? node.on.board : node.on.name));
  const site = home(must(cluster.nodes[0])).site;
  const spread = new Set(cluster.nodes.map((node) => home(node).board.name)).size > 1;
  const nodes = cluster.nodes.map((node, index): Node => {
    const machine = resolveMachine(home(node).board, 'slot' in node.on ? node.on.slot : undefined);
    return {
      name: node.name,
      at: [...at, 'nodes', index],
      address: node.address,
      controlPlane: node.roles.includes('control-plane'),
      worker: node.roles.includes('worker'),
      labels: node.labels,
      machine,
      zone: spread || machine.slot === undefined ? machine.board : `slot-${machine.slot}`,
    };
  });
  const { pods, services } = cluster.network;
  return {
    name: cluster.name,
    at,
    environment: cluster.environment,
    policy: ENVIRONMENT_POLICIES[cluster.environment],
    domain: cluster.domain,
    os: cluster.os,
    kubernetes: cluster.kubernetes,
    controlPlaneAddress: cluster.controlPlaneAddress,
    nodes,
    pods: { ...must(parseCidr(pods)), text: pods },
    services: { ...must(parseCidr(services)), text: services },
    pool: must(site.lan.pools.find((pool) => pool.name === cluster.network.pool)),
    site,
    components: [
      ...cluster.components.map((use, index) => ({ ...use, at: [...at, 'components', index] })),
      ...cluster.apps.map((use, index) => ({ ...use, at: [...at, 'apps', index] })),
    ],
  };
}

/** Where most system-on-chips slow down when their maker says nothing. */
const THROTTLE_CELSIUS = 85;

function resolveMachine(board: Board, slot: number | undefined): Machine {
  const compute = board.kind === 'single' ? board.compute : must(board.slots[must(slot)]);
  const systemDisk = must(compute.disks[0]);
  return {
    board: board.name,
    slot,
    model: compute.model,
    arch: compute.arch,
    cores: compute.cores,
    memory: memoryBytes(compute.memory),
    disks: compute.disks,
    systemDisk,
    dataDisk: compute.disks.find((disk) => disk !== systemDisk) ?? systemDisk,
    idleWatts: compute.idleWatts,
    peakWatts: compute.peakWatts,
    throttleCelsius: compute.throttleCelsius ?? THROTTLE_CELSIUS,
  };
}

/** Memory is sold in binary gigabytes whatever the box says: an "8GB" board has 8 GiB. */
function memoryBytes(size: string): number {
  return must(parseBytes(size.replace(/([MG])B$/, '$1iB')));
}

function formatRange(range: IpRange): string {
  return `${formatIp(range.first)}-${formatIp(range.last)}`;
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('resolved a definition that was not validated');
  return value;
}
