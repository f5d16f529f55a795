import type { Machine } from './homelab.ts';

const MIB = 2 ** 20;

/** What a node keeps for its operating system and kubelet, and when its kubelet starts to evict pods. */
interface Reserve {
  readonly systemMilliCpu: number;
  /** Bytes. */
  readonly systemMemory: number;
  /** Bytes that must stay free. */
  readonly evictionMemory: number;
  /** Share of the system disk that must stay free. */
  readonly evictionDisk: number;
}

/**
 * By the size of the board: Talos' kubelet default of 50m CPU (talos.dev, KubeletConfig) and 10m for each core; a
 * quarter of a GiB of memory and 2 % of it; the kubelet's own eviction thresholds (kubernetes.io, "Node-pressure
 * Eviction": 100 MiB, 10 %), twice the memory where there is much, because a busy board fills it before it evicts.
 */
export function reserveOf({ cores, memory }: Machine): Reserve {
  return {
    systemMilliCpu: 50 + 10 * cores,
    systemMemory: Math.round((256 * MIB + memory * 0.02) / MIB) * MIB,
    evictionMemory: (memory > 8 * 1024 * MIB ? 200 : 100) * MIB,
    evictionDisk: 0.1,
  };
}

/** The kubelet's default of `maxPods` (kubernetes.io, KubeletConfiguration). */
const PODS_PER_NODE = 110;

/** What is left of a machine for pods. Memory is in bytes. */
export function allocatableOf(machine: Machine): {
  readonly milliCpu: number;
  readonly memory: number;
  readonly pods: number;
} {
  const { systemMilliCpu, systemMemory, evictionMemory } = reserveOf(machine);
  return {
    milliCpu: machine.cores * 1000 - systemMilliCpu,
    memory: machine.memory - systemMemory - evictionMemory,
    pods: PODS_PER_NODE,
  };
}
