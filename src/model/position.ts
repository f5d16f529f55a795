import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where in the user's source a part of the definition was made. */
export interface Position {
  /** Absolute path; shown relative to the working folder. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Steps from the definition's root to a value: `['clusters', 0, 'nodes', 1, 'address']`. */
export type Path = readonly (string | number)[];

// Registered, because a definition may be loaded beside a second copy of the library.
const POSITION = Symbol.for('homeplane.position');
const LIBRARY = dirname(dirname(fileURLToPath(import.meta.url)));
const FRAME = /\(?((?:file:\/\/)?\/[^()]+?|[A-Za-z]:\\[^()]+?):(\d+):(\d+)\)?$/;

/** Marks a part of the definition with the position of the user's call that made it. */
export function marked<T extends object>(part: T): T {
  const position = callerPosition();
  if (position !== undefined) Object.defineProperty(part, POSITION, { value: position, enumerable: false });
  return part;
}

function callerPosition(): Position | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 20;
  const stack = new Error('position').stack ?? '';
  Error.stackTraceLimit = limit;
  for (const line of stack.split('\n').slice(1)) {
    const match = FRAME.exec(line.trim());
    if (match?.[1] === undefined) continue;
    const file = match[1].startsWith('file://') ? fileURLToPath(match[1]) : match[1];
    if (file.startsWith(LIBRARY) && !file.includes('.test.')) continue;
    return { file, line: Number(match[2]), column: Number(match[3]) };
  }
  return undefined;
}

/** The position of the innermost marked part on the way to a path; undefined when nothing is marked. */
export function positionAt(root: unknown, path: Path): Position | undefined {
  let value = root;
  let position = positionOf(value);
  for (const step of path) {
    if (typeof value !== 'object' || value === null) break;
    value = (value as Record<string | number, unknown>)[step];
    position = positionOf(value) ?? position;
  }
  return position;
}

function positionOf(value: unknown): Position | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as { [POSITION]?: Position })[POSITION];
}

/** `homelab.ts:12:5`, relative to the working folder. */
export function formatPosition(position: Position, from = process.cwd()): string {
  const file = relative(from, position.file);
  return `${file.startsWith('..') ? position.file : file}:${position.line}:${position.column}`;
}
