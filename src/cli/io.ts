import { coloured, type Paint, plain } from '../util/index.ts';

/** Where a command prints. Only this folder knows of it. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Colours for `out`. */
  readonly paint: Paint;
  /** Whether `out` is a terminal that can be redrawn. */
  readonly interactive: boolean;
}

/** The process's own streams. Colours follow NO_COLOR and FORCE_COLOR, else whether it is a terminal. */
export function processIo(): Io {
  const { stdout, stderr, env } = process;
  const wanted = env['FORCE_COLOR'] !== undefined || (stdout.isTTY && env['NO_COLOR'] === undefined);
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    paint: wanted ? coloured : plain,
    interactive: stdout.isTTY && env['TERM'] !== 'dumb',
  };
}
