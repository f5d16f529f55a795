import { execa } from 'execa';

/**
 * Ends processes that an earlier homeplane left although both it and its keeper were killed. A process is ended
 * only when it still runs the program that was recorded: process ids are used again.
 * @returns how many were ended.
 */
export async function endLeftovers(recorded: readonly { pid: number; file: string }[]): Promise<number> {
  const ended = await Promise.all(
    recorded.map(async ({ pid, file }) => {
      const { stdout, exitCode } = await execa('ps', ['-o', 'command=', '-p', String(pid)], {
        reject: false,
      });
      if (exitCode !== 0 || !stdout.startsWith(file)) return false;
      try {
        process.kill(-pid, 'SIGKILL');
        return true;
      } catch {
        return false;
      }
    }),
  );
  return ended.filter(Boolean).length;
}
