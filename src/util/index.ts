/**
 * Small things with no word of the domain in them: results, faults, IP arithmetic, files, locks, events.
 * Nothing here knows what a cluster is; every other folder may import from here.
 */
export { type Event, Stream } from './events.ts';
export { FAULTS, Fault, isFault, messageOf } from './fault.ts';
export { exists, readJson, sha256, sha256File, writeFileAtomic } from './files.ts';
export { curve, layered, reduced } from './graph.ts';
export {
  type Cidr,
  cidrContains,
  formatIp,
  type IpRange,
  ipInRange,
  parseCidr,
  parseIp,
  parseRange,
  rangesOverlap,
} from './ip.ts';
export { acquireLock, type Lock, lockHolder } from './lock.ts';
export { groupBy, isRecord, mergeValues, sortBy, unique } from './objects.ts';
export { nearest } from './suggest.ts';
export {
  coloured,
  formatBytes,
  formatDuration,
  oneLine,
  type Paint,
  pascalCase,
  plain,
  plural,
} from './text.ts';
export { VERSION } from './version.ts';
