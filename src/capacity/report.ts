import { type ClusterPlan, inventory, planHomelab, type Rendered } from '../compile/index.ts';
import type { Homelab } from '../model/index.ts';
import { copyOf, type Placement, place, placeAll, putOn } from './place.ts';
import { type PodGroup, podGroups } from './pods.ts';
import { type SitePower, sitePower } from './power.ts';
import { type StorageUse, storageUse } from './storage.ts';
import { systemPods } from './system.ts';

/** Share of what there is that may be asked for, by the reference architecture. */
export const TARGETS = { cpu: 0.7, memory: 0.8, storage: 0.75 } as const;

/** What is asked for of what there is. CPU in cores, memory in bytes. */
export interface Use {
  readonly cpu: { readonly asked: number; readonly allocatable: number };
  readonly memory: { readonly asked: number; readonly allocatable: number };
  readonly pods: { readonly asked: number; readonly allocatable: number };
}

export interface ClusterCapacity {
  readonly cluster: string;
  readonly nodes: readonly (Use & { readonly node: string })[];
  readonly total: Use;
  /** Pods that find no place with all nodes there. */
  readonly unplaced: readonly string[];
  readonly storage: StorageUse;
  /** For each node, the pods that would find no place without it; those that are bound to it are not counted. */
  readonly without: readonly { readonly node: string; readonly unplaced: readonly string[] }[];
  /** How many more copies of each app fit, and which resource then runs out first. */
  readonly apps: readonly { readonly app: string; readonly more: number; readonly first: string }[];
}

export interface CapacityReport {
  readonly clusters: readonly ClusterCapacity[];
  readonly sites: readonly SitePower[];
  /** Slots that are free, and what a module like its neighbours would bring. */
  readonly expand: readonly {
    readonly board: string;
    readonly slot: number;
    readonly model: string;
    readonly cores: number;
    readonly memory: number;
    readonly watts: number;
  }[];
}

/** More copies than anybody would want are not counted. */
const MANY = 500;

/** @param rendered Without it only our own objects are counted. */
export function capacityReport(homelab: Homelab, rendered: Rendered): CapacityReport {
  const parts = planHomelab(homelab).map((plan) => clusterCapacity(plan, rendered));
  const share = (cluster: string, node: string) => {
    const use = parts.find((part) => part.cluster === cluster)?.nodes.find((row) => row.node === node);
    return use === undefined ? 0 : use.cpu.asked / use.cpu.allocatable;
  };
  return {
    clusters: parts,
    sites: homelab.sites.map((site) => sitePower(homelab, site, share)),
    expand: freeSlots(homelab),
  };
}

function clusterCapacity(plan: ClusterPlan, rendered: Rendered): ClusterCapacity {
  const { cluster, components } = plan;
  const objects = inventory(plan, rendered).map(({ object }) => object);
  const groups = [...systemPods(cluster), ...podGroups(objects)];
  const { scheduling } = cluster.policy;
  const placed = place(cluster.nodes, groups, scheduling);
  const nodes = placed.seats.map((seat) => ({
    node: seat.node.name,
    cpu: { asked: seat.usedCpu, allocatable: seat.cpu },
    memory: { asked: seat.usedMemory, allocatable: seat.memory },
    pods: { asked: seat.pods, allocatable: seat.maxPods },
  }));
  const storage = storageUse(cluster, objects);
  const classes = objects.filter(({ kind }) => kind === 'StorageClass');
  const apps = components.filter(({ component }) => component.layer === 'apps');
  return {
    cluster: cluster.name,
    nodes,
    total: total(nodes),
    unplaced: placed.unplaced.map(nameOf),
    storage,
    without:
      cluster.nodes.length === 1
        ? []
        : cluster.nodes.map(({ name }) => ({
            node: name,
            unplaced: placeAll(cluster, objects, name).map(nameOf),
          })),
    apps: apps.map(({ component, contribution }) => ({
      app: component.name,
      ...withStorage(
        howManyMore(placed, podGroups(contribution.objects ?? []), scheduling),
        storage,
        storageUse(cluster, [...classes, ...(contribution.objects ?? [])]),
      ),
    })),
  };
}

/** Adds whole copies of an app until one finds no place. */
function howManyMore({ seats }: Placement, app: readonly PodGroup[], prefer: 'pack' | 'spread') {
  if (app.length === 0) return { more: 0, first: 'it runs only at times' };
  const workers = seats.filter(({ node }) => node.worker).map(copyOf);
  for (let more = 0; more < MANY; more += 1)
    for (const group of app)
      for (let copy = 0; copy < Number(group.copies); copy += 1)
        if (!putOn(workers, group, prefer)) return { more, first: shortest(workers, group) };
  return { more: MANY, first: 'none' };
}

/** Disks may run out before anything else does. */
function withStorage(fit: { more: number; first: string }, all: StorageUse, app: StorageUse) {
  if (app.withReplicas === 0) return fit;
  const more = Math.floor(Math.max(0, all.disks - all.withReplicas) / app.withReplicas);
  return more < fit.more ? { more, first: 'storage' } : fit;
}

/** The resource that most nodes lack for one more pod. */
function shortest(seats: Placement['seats'], group: PodGroup): string {
  const lacking = (lacks: (seat: Placement['seats'][number]) => boolean) => seats.filter(lacks).length;
  const counts = {
    memory: lacking((seat) => seat.usedMemory + group.memory > seat.memory),
    CPU: lacking((seat) => seat.usedCpu + group.cpu > seat.cpu),
    pods: lacking((seat) => seat.pods >= seat.maxPods),
  };
  const [first] = Object.entries(counts).toSorted(([, a], [, b]) => b - a);
  return first?.[0] ?? 'none';
}

function total(nodes: readonly Use[]): Use {
  const of = (resource: keyof Use) => ({
    asked: nodes.reduce((sum, node) => sum + node[resource].asked, 0),
    allocatable: nodes.reduce((sum, node) => sum + node[resource].allocatable, 0),
  });
  return { cpu: of('cpu'), memory: of('memory'), pods: of('pods') };
}

function freeSlots({ clusters, sites }: Homelab): CapacityReport['expand'] {
  const machines = clusters.flatMap(({ nodes }) => nodes.map(({ machine }) => machine));
  return sites.flatMap(({ boards }) =>
    boards.flatMap((board) => {
      if (board.kind !== 'carrier') return [];
      const like = machines.find((machine) => machine.board === board.name);
      if (like === undefined) return [];
      const { model, cores, memory, peakWatts: watts } = like;
      return Array.from({ length: board.slotCount }, (_, index) => index + 1)
        .filter((slot) => board.slots[String(slot)] === undefined)
        .map((slot) => ({ board: board.name, slot, model, cores, memory, watts }));
    }),
  );
}

function nameOf({ namespace, name }: PodGroup): string {
  return `${namespace}/${name}`;
}
