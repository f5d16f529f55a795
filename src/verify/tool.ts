import type { Homelab } from '../model/index.ts';
import type { ProgramName } from '../toolchain/index.ts';

/** What a tool says against a file. */
export interface Complaint {
  /** Path in the tree. */
  readonly file: string;
  readonly message: string;
}

export interface ToolContext {
  /** Where the tree is written. */
  readonly folder: string;
  /** Paths in the tree. */
  readonly files: readonly string[];
  readonly homelab: Homelab;
  /** Folder of packaged charts. */
  readonly charts: string | undefined;
  /** File of a program of homeplane's own. */
  readonly program: (name: ProgramName) => Promise<string>;
}

/** What was looked at, and what is wrong with it. */
export interface Outcome {
  readonly checked: readonly string[];
  readonly complaints: readonly Complaint[];
  /** What could not be looked at, and why. */
  readonly notes?: readonly string[];
}

/** A program that reads a part of the tree. */
export interface Tool {
  readonly name: string;
  readonly what: string;
  /** @returns undefined when it is not installed. */
  run(context: ToolContext): Promise<Outcome | undefined>;
}
