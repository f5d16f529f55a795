/** What homeplane asks of the keeper. */
export type Request =
  | {
      type: 'spawn';
      id: number;
      file: string;
      args: readonly string[];
      cwd: string;
      env: Readonly<Record<string, string>>;
      /** File that stdout and stderr go to. */
      log: string | undefined;
      /** Whether lines of output are sent back. */
      forward: boolean;
    }
  | { type: 'signal'; id: number; signal: 'SIGTERM' | 'SIGKILL' };

/** What the keeper answers. */
export type Report =
  | { type: 'spawned'; id: number; pid: number }
  | { type: 'failed'; id: number; message: string }
  | { type: 'line'; id: number; stream: 'stdout' | 'stderr'; text: string }
  | { type: 'exited'; id: number; code: number | null; signal: string | null };
