/**
 * The keeper: a process that starts homeplane's children and ends them when homeplane is gone. It is the parent
 * of all of them, so there is no moment at which a child exists that nobody would end. Run by `client.ts`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { CappedLog } from './log.ts';
import type { Report, Request } from './messages.ts';

/** Long enough for etcd to close its files; then there is no more asking. */
const GRACE_MS = 3_000;

const children = new Map<number, ChildProcess>();
let ending = false;

process.on('message', (request: Request) => {
  if (request.type === 'spawn') start(request);
  else signalGroup(children.get(request.id), request.signal);
});
process.on('disconnect', () => void endAll());
// A terminal's Ctrl-C and a system's shutdown reach homeplane too, which then decides and disconnects.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

function start(request: Extract<Request, { type: 'spawn' }>): void {
  if (ending) return;
  const { id, file, args, cwd, env, log, forward } = request;
  // A group of its own: Ctrl-C does not reach it past us, and signals to it reach its own children.
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  child.once('error', (error) => {
    if (child.pid === undefined) report({ type: 'failed', id, message: error.message });
  });
  if (child.pid === undefined) return;
  children.set(id, child);
  const sink = log === undefined ? undefined : new CappedLog(log);
  for (const stream of ['stdout', 'stderr'] as const) {
    if (sink !== undefined) child[stream].on('data', (chunk: Buffer) => sink.append(chunk));
    if (forward)
      createInterface({ input: child[stream] }).on('line', (text) =>
        report({ type: 'line', id, stream, text }),
      );
    if (sink === undefined && !forward) child[stream].resume();
  }
  report({ type: 'spawned', id, pid: child.pid });
  // `exit`, not `close`: a grandchild that holds the pipe open must not hide that the program is gone.
  child.once('exit', (code, signal) => {
    signalGroup(child, 'SIGKILL');
    children.delete(id);
    setImmediate(() => report({ type: 'exited', id, code, signal }));
    if (ending && children.size === 0) process.exit(0);
  });
}

async function endAll(): Promise<void> {
  ending = true;
  for (const child of children.values()) signalGroup(child, 'SIGTERM');
  if (children.size > 0) await new Promise((done) => setTimeout(done, GRACE_MS));
  for (const child of children.values()) signalGroup(child, 'SIGKILL');
  process.exit(0);
}

function signalGroup(child: ChildProcess | undefined, signal: NodeJS.Signals): void {
  if (child?.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already, which is all that was wanted.
  }
}

function report(message: Report): void {
  // Between being connected and sending, homeplane may be gone: an error event nobody hears would end the keeper
  // before it has ended its children.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}
