import type { Node } from './homelab.ts';

/** Whether a node can hold replicas of volumes: a worker whose data disk is not a microSD card, which they would wear out. */
export function holdsVolumes({ worker, machine }: Node): boolean {
  return worker && machine.dataDisk.kind !== 'micro-sd';
}
