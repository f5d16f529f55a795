import type { KubeObject } from '../kube/index.ts';
import { allocatableOf, type Cluster, type Node } from '../model/index.ts';
import { type PodGroup, podGroups } from './pods.ts';
import { counted, score } from './score.ts';
import { systemPods } from './system.ts';

/** What a node has, and what its pods ask for. */
export interface Seat {
  readonly node: Node;
  /** Cores, and bytes. */
  readonly cpu: number;
  readonly memory: number;
  readonly maxPods: number;
  usedCpu: number;
  usedMemory: number;
  countedCpu: number;
  countedMemory: number;
  pods: number;
  /** Groups of which one is here. */
  readonly groups: Set<PodGroup>;
}

/** Where everything would be, and what found no place. */
export interface Placement {
  readonly seats: readonly Seat[];
  readonly unplaced: readonly PodGroup[];
}

function seatOf(node: Node): Seat {
  const { milliCpu, memory, pods } = allocatableOf(node.machine);
  return {
    node,
    cpu: milliCpu / 1000,
    memory,
    maxPods: pods,
    usedCpu: 0,
    usedMemory: 0,
    countedCpu: 0,
    countedMemory: 0,
    pods: 0,
    groups: new Set(),
  };
}

/** To put more on it and leave the other as it is. */
export function copyOf(seat: Seat): Seat {
  return { ...seat, groups: new Set(seat.groups) };
}

function fits(seat: Seat, group: PodGroup): boolean {
  return (
    (group.node === undefined || group.node === seat.node.name) &&
    !(group.apart && seat.groups.has(group)) &&
    seat.pods < seat.maxPods &&
    seat.usedCpu + group.cpu <= seat.cpu + 1e-9 &&
    seat.usedMemory + group.memory <= seat.memory
  );
}

function put(seat: Seat, group: PodGroup): void {
  seat.usedCpu += group.cpu;
  seat.usedMemory += group.memory;
  const { cpu, memory } = counted(group);
  seat.countedCpu += cpu;
  seat.countedMemory += memory;
  seat.pods += 1;
  seat.groups.add(group);
}

/** Which of several that are liked alike: the scheduler leaves it to chance. */
export type Choose = (seats: readonly Seat[]) => Seat | undefined;

const theFirst: Choose = ([first]) => first;

/**
 * Puts pods on nodes in the order in which they come, as the cluster's scheduler does: of the nodes that can take one,
 * the one that it likes most.
 */
export function place(
  nodes: readonly Node[],
  groups: readonly PodGroup[],
  prefer: 'pack' | 'spread',
  choose: Choose = theFirst,
): Placement {
  const seats = nodes.map(seatOf);
  const workers = seats.filter(({ node }) => node.worker);
  const unplaced: PodGroup[] = [];
  for (const group of groups) {
    if (group.copies === 'one on each node') {
      for (const seat of seats) {
        if (fits(seat, group)) put(seat, group);
        else unplaced.push(group);
      }
      continue;
    }
    for (let copy = 0; copy < group.copies; copy += 1)
      if (!putOn(group.node === undefined ? workers : seats, group, prefer, choose)) unplaced.push(group);
  }
  return { seats, unplaced };
}

/**
 * Pods of a cluster's objects that find no place, its control plane's own counted too.
 * @param lost A node that is not there.
 */
export function placeAll(
  cluster: Cluster,
  objects: readonly KubeObject[],
  lost?: string,
): readonly PodGroup[] {
  const nodes = cluster.nodes.filter(({ name }) => name !== lost);
  const groups = [...systemPods(cluster), ...podGroups(objects)].filter(
    ({ node }) => node === undefined || node !== lost,
  );
  return place(nodes, groups, cluster.policy.scheduling).unplaced;
}

/** Whether an empty node could hold a pod of a group. */
export function fitsSomewhere({ nodes }: Cluster, group: PodGroup): boolean {
  const able =
    group.copies === 'one on each node' || group.node !== undefined
      ? nodes
      : nodes.filter(({ worker }) => worker);
  return able.map(seatOf).some((seat) => fits(seat, group));
}

/** Puts one more pod of a group where it is best. @returns false when there is no place. */
export function putOn(
  seats: readonly Seat[],
  group: PodGroup,
  prefer: 'pack' | 'spread',
  choose: Choose = theFirst,
): boolean {
  const able = seats
    .filter((seat) => fits(seat, group))
    .map((seat) => ({ seat, points: score(seat, group, prefer) }));
  const most = Math.max(...able.map(({ points }) => points));
  const best = able.filter(({ points }) => points === most).map(({ seat }) => seat);
  const chosen = choose(best);
  if (chosen === undefined) return false;
  put(chosen, group);
  return true;
}
