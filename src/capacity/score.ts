import type { PodGroup } from './pods.ts';

/** What a node has and what is asked of it, as far as the scheduler's scores go. CPU in cores, memory in bytes. */
export interface Load {
  readonly cpu: number;
  readonly memory: number;
  readonly usedCpu: number;
  readonly usedMemory: number;
  /** The same, where a pod that asks for nothing counts for something. */
  readonly countedCpu: number;
  readonly countedMemory: number;
}

const MOST = 100;

/** What the scheduler counts for a pod that asks for nothing (kubernetes 1.36, scheduler/util/pod_resources.go). */
export function counted({ cpu, memory }: Pick<PodGroup, 'cpu' | 'memory'>): { cpu: number; memory: number } {
  return { cpu: cpu === 0 ? 0.1 : cpu, memory: memory === 0 ? 200 * 2 ** 20 : memory };
}

/**
 * How much a node is liked for a pod: what is left, or used, of it and how evenly, as the scheduler's plugins
 * NodeResourcesFit and NodeResourcesBalancedAllocation count (kubernetes 1.36, plugins/noderesources), in whole points.
 */
export function score(load: Load, pod: Pick<PodGroup, 'cpu' | 'memory'>, prefer: 'pack' | 'spread'): number {
  return fitScore(load, pod, prefer) + balanceScore(load, pod);
}

function fitScore(load: Load, pod: Pick<PodGroup, 'cpu' | 'memory'>, prefer: 'pack' | 'spread'): number {
  const asked = counted(pod);
  const points = (used: number, all: number) => {
    const share = Math.min(used, all) / all;
    if (prefer === 'pack') return whole(share * MOST);
    return used > all ? 0 : whole((1 - share) * MOST);
  };
  const cpu = points(load.countedCpu + asked.cpu, load.cpu);
  const memory = points(load.countedMemory + asked.memory, load.memory);
  return Math.floor((cpu + memory) / 2);
}

/** Whether the pod makes the use of CPU and memory more even, or less. */
function balanceScore(load: Load, { cpu, memory }: Pick<PodGroup, 'cpu' | 'memory'>): number {
  if (cpu === 0 && memory === 0) return 0;
  const evenness = (moreCpu: number, moreMemory: number) => {
    const shares = [(load.usedCpu + moreCpu) / load.cpu, (load.usedMemory + moreMemory) / load.memory];
    const [first = 0, second = 0] = shares.map((share) => Math.min(share, 1));
    return whole((1 - Math.abs(first - second) / 2) * MOST);
  };
  return MOST / 2 + Math.trunc((MOST / 2 + evenness(cpu, memory) - evenness(0, 0)) / 2);
}

/** Down to whole points; 3 of 4 is not to become 2.9999. */
function whole(points: number): number {
  return Math.floor(points + 1e-9);
}
