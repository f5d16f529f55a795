import { type FSWatcher, watch } from 'node:fs';
import { dirname, extname } from 'node:path';

// Editors write a file in several steps.
const SETTLE_MS = 100;

/**
 * Calls back when a source file beside the definition, or below it, was saved. The compiled tree and state
 * folders hold no sources, so writing them does not call back.
 * @returns the function that stops watching.
 */
export function watchDefinition(file: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watcher: FSWatcher = watch(dirname(file), { recursive: false }, (_event, name) => {
    // Dot files are homeplane's own, such as the manifest of a build.
    if (name === null || name.startsWith('.') || !['.ts', '.mts', '.js', '.json'].includes(extname(name)))
      return;
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLE_MS);
  });
  // A folder that is removed ends the watch; the twin goes on with what it has.
  watcher.on('error', () => watcher.close());
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
