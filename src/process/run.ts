import type { Command, ProcessKeeper } from './client.ts';

/** What a program that ran to its end said. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end through the keeper. @param abort Ends the program early. */
export async function run(keeper: ProcessKeeper, command: Command, abort?: AbortSignal): Promise<Outcome> {
  const lines = { stdout: [] as string[], stderr: [] as string[] };
  const started = await keeper.spawn({
    ...command,
    onLine: (line, stream) => {
      lines[stream].push(line);
      command.onLine?.(line, stream);
    },
  });
  const stop = () => started.signal('SIGTERM');
  abort?.addEventListener('abort', stop, { once: true });
  const { code } = await started.exited;
  abort?.removeEventListener('abort', stop);
  return { code, stdout: lines.stdout.join('\n'), stderr: lines.stderr.join('\n') };
}
