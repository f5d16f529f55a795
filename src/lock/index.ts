/**
 * What the pinned charts are, as facts in `homeplane.lock.json` beside the definition: `render.ts` asks the real helm,
 * `facts.ts` keeps of the rendered objects what matters, `file.ts` reads and writes the lock, and `stand-in.ts` makes
 * charts of the facts that take a real one's place on a machine that cannot get it.
 */

export { EMPTY_LOCK, LOCK_FILE, type Lock, readLock, writeLock } from './file.ts';
export { imagesOf } from './images.ts';
export { lockHomelab } from './render.ts';
export { renderedBy, staleReleases } from './stale.ts';
export { writeStandIns } from './stand-in.ts';
