/**
 * What a homelab is: hardware, network, sites, clusters. The user writes a definition with the factories
 * (`defineHomelab`, `site`, `turingPi2`, `cluster`...); `readHomelab` turns it into a resolved `Homelab`
 * or into findings, all of them at once, each with the file and line of the call that made the mistake.
 * Everything below this folder works on the resolved `Homelab` only.
 */
export { type Board, machine, raspberryPi4, raspberryPi5, slot, turingPi2 } from './board.ts';
export { cluster, type Definition, defineHomelab, node, site } from './define.ts';
export { type Disk, emmc, microSd, nvme, usbSsd } from './disk.ts';
export type { EnvironmentPolicy } from './environment.ts';
export { countFindings, type Finding, SEVERITIES, type Severity } from './finding.ts';
export type { Cluster, ComponentUse, Homelab, Machine, Node, Pool, SecretFile } from './homelab.ts';
export { cm4, rk1 } from './module.ts';
export { osName, talos, ubuntu } from './os.ts';
export { formatPosition, marked, type Path, type Position, positionAt } from './position.ts';
export { parseBytes, scaleQuantity, toKubernetesMemory } from './quantity.ts';
export { readHomelab } from './read.ts';
export { allocatableOf, reserveOf } from './reserve.ts';
export { cron, dnsLabel, domainName, email, gitUrl, ipAddress, ipNetwork, strict } from './schema.ts';
export { holdsVolumes } from './volumes.ts';
