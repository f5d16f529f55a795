import { execaSync } from 'execa';

/** Whether a process still runs; one that is dead and not yet reaped by its new parent does not. */
export function isAlive(pid: number): boolean {
  const { stdout } = execaSync('ps', ['-o', 'stat=', '-p', String(pid)], { reject: false });
  return stdout !== '' && !stdout.startsWith('Z');
}
