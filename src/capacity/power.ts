import type { Homelab } from '../model/index.ts';

type Site = Homelab['sites'][number];
type Price = NonNullable<NonNullable<Site['power']>['price']>;

/** Watts at the wall. */
export interface Watts {
  readonly idle: number;
  /** At the CPU that pods ask for. */
  readonly typical: number;
  readonly peak: number;
}

/** What a site draws, and what that means. */
export interface SitePower {
  readonly site: string;
  readonly nodes: readonly (Watts & {
    readonly cluster: string;
    readonly node: string;
    readonly board: string;
  })[];
  readonly boards: readonly (Watts & { readonly board: string })[];
  readonly total: Watts;
  readonly supplyWatts?: number;
  /** Of the UPS: what it can deliver, and minutes from full to empty. */
  readonly ups?: { readonly watts: number; readonly minutes: Watts };
  readonly kwhPerMonth: number;
  readonly cost?: {
    readonly perMonth: number;
    readonly currency: string;
    /** What the hardware cost, and after how many months it is paid by what such a server would draw more. */
    readonly hardware?: { readonly paid: number; readonly months: readonly [number, number] };
  };
  /** Percent less than one of the reference's servers draws, at the least and the most such a server does. */
  readonly savedPercent: readonly [number, number];
}

const HOURS_PER_MONTH = 730;
/** What the reference architecture compares with: a traditional server. */
const SERVER_WATTS = [300, 500] as const;
/** Of what a battery holds, a small line-interactive UPS delivers about this share under load (APC, Back-UPS runtime charts). */
const UPS_EFFICIENCY = 0.85;

/**
 * @param share Share of a node's cores that its pods ask for, by the names of its cluster and its own.
 */
export function sitePower(
  homelab: Homelab,
  site: Site,
  share: (cluster: string, node: string) => number,
): SitePower {
  const nodes = homelab.clusters
    .filter((cluster) => cluster.site === site)
    .flatMap((cluster) =>
      cluster.nodes.map(({ name, machine: { idleWatts: idle, peakWatts: peak, board } }) => ({
        cluster: cluster.name,
        node: name,
        board,
        idle,
        typical: idle + (peak - idle) * Math.min(1, share(cluster.name, name)),
        peak,
      })),
    );
  const boards = site.boards.map((board) => {
    const own = board.kind === 'carrier' ? board.idleWatts : 0;
    const on = nodes.filter((node) => node.board === board.name);
    return { board: board.name, ...sum([{ idle: own, typical: own, peak: own }, ...on]) };
  });
  const total = sum(boards);
  const kwhPerMonth = (total.typical * HOURS_PER_MONTH) / 1000;
  const { supplyWatts, ups, price } = site.power ?? {};
  const minutes = (watts: number) => (((ups?.wattHours ?? 0) * UPS_EFFICIENCY) / watts) * 60;
  const saved = (server: number) => (1 - total.typical / server) * 100;
  return {
    site: site.name,
    nodes,
    boards,
    total,
    ...(supplyWatts === undefined ? {} : { supplyWatts }),
    ...(ups === undefined
      ? {}
      : {
          ups: {
            watts: ups.watts,
            minutes: {
              idle: minutes(total.idle),
              typical: minutes(total.typical),
              peak: minutes(total.peak),
            },
          },
        }),
    kwhPerMonth,
    ...(price === undefined
      ? {}
      : { cost: { ...costs(price, total.typical), perMonth: kwhPerMonth * price.perKwh } }),
    savedPercent: [saved(SERVER_WATTS[0]), saved(SERVER_WATTS[1])],
  };
}

/** @param watts What the site draws as usual. */
function costs({ perKwh, currency, hardware }: Price, watts: number) {
  const months = (server: number) =>
    (hardware ?? 0) / ((((server - watts) * HOURS_PER_MONTH) / 1000) * perKwh);
  if (hardware === undefined) return { currency };
  return {
    currency,
    hardware: { paid: hardware, months: [months(SERVER_WATTS[1]), months(SERVER_WATTS[0])] as const },
  };
}

function sum(parts: readonly Watts[]): Watts {
  const of = (key: keyof Watts) => parts.reduce((total, part) => total + part[key], 0);
  return { idle: of('idle'), typical: of('typical'), peak: of('peak') };
}
