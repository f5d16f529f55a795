import { relative, sep } from 'node:path';

/** A file as people and their tools name it from the folder they are in, with forward slashes everywhere. */
export function relativeFile(file: string, folder: string): string {
  return relative(folder, file).split(sep).join('/');
}
