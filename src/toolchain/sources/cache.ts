import { entryFolder, readEntry } from '../cache.ts';
import type { Source } from '../source.ts';

/** A program that was got before, if it is still what was recorded. */
export const fromCache: Source = (program, { cache, events }) =>
  readEntry(entryFolder(cache, program), program.name, 'cache', (file) =>
    events.emit({
      type: 'log',
      task: `get ${program.name}`,
      level: 'warning',
      message: `${file} of ${program.name} in the cache is not what was recorded; it was removed and is got anew`,
    }),
  );
