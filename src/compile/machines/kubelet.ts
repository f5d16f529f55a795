import { type Machine, reserveOf, toKubernetesMemory } from '../../model/index.ts';

/** Settings of a KubeletConfiguration that follow from the board. */
export function kubeletReserves(machine: Machine): Record<string, unknown> {
  const { systemMilliCpu, systemMemory, evictionMemory, evictionDisk } = reserveOf(machine);
  const disk = `${evictionDisk * 100}%`;
  return {
    systemReserved: { cpu: `${systemMilliCpu}m`, memory: toKubernetesMemory(systemMemory) },
    evictionHard: {
      'memory.available': toKubernetesMemory(evictionMemory),
      'nodefs.available': disk,
      'imagefs.available': '15%',
      'nodefs.inodesFree': '5%',
    },
    // Images fill the small system disks of these boards first.
    imageGCHighThresholdPercent: 75,
    imageGCLowThresholdPercent: 65,
    // Pods get time to end when the node is shut down, as by its UPS.
    shutdownGracePeriod: '60s',
    shutdownGracePeriodCriticalPods: '20s',
  };
}
