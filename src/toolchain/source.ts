import type { ProcessKeeper } from '../process/index.ts';
import type { Event, Stream } from '../util/index.ts';
import type { Program, ProgramName } from './programs.ts';

/** A program that is there and can be run. */
export interface Resolved {
  readonly name: ProgramName;
  readonly version: string;
  readonly from: 'path' | 'cache' | 'build';
  readonly file: string;
  /** Folder with the program's assets; paths in it are as in their modules. */
  readonly assets: string | undefined;
  readonly sizeBytes: number;
}

/** What a source works with. */
export interface SourceContext {
  readonly cache: string;
  readonly keeper: ProcessKeeper;
  readonly events: Stream<Event>;
  readonly abort: AbortSignal | undefined;
}

/** One way of getting a program; undefined when this way does not lead there. */
export type Source = (
  program: Program & { readonly name: ProgramName },
  context: SourceContext,
) => Promise<Resolved | undefined>;
