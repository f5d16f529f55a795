import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Report, Request } from './messages.ts';

/** A program to start. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** Default: the working folder. */
  readonly cwd?: string;
  /** The whole environment. Default: our own. */
  readonly env?: Readonly<Record<string, string>>;
  /** File that its output is appended to, capped in size. */
  readonly log?: string;
  /** Called with each line of output. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
}

/** How a process ended; both are null when the keeper was lost. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface ManagedProcess {
  readonly pid: number;
  /** Never rejects. */
  readonly exited: Promise<Exit>;
  /** To its whole process group. */
  signal(signal: 'SIGTERM' | 'SIGKILL'): void;
}

interface Child {
  pid: number | undefined;
  readonly command: Command;
  started(pid: number): void;
  failed(error: Error): void;
  exited(exit: Exit): void;
}

// Compiled: Node runs it as it is, also when this file is run from its source by a test.
const KEEPER = fileURLToPath(new URL('../../dist/process/keeper.js', import.meta.url));

/** Starts processes through the keeper. One per homeplane; the keeper starts with the first process. */
export class ProcessKeeper {
  readonly #children = new Map<number, Child>();
  /** Called when the set of living processes changed, with their ids and programs. */
  readonly #changed: (living: { pid: number; file: string }[]) => void;
  #keeper: ChildProcess | undefined;
  #nextId = 1;
  #closed = false;

  constructor(changed: (living: { pid: number; file: string }[]) => void = () => undefined) {
    this.#changed = changed;
  }

  /** @throws Error when the program cannot be started at all. */
  async spawn(command: Command): Promise<ManagedProcess> {
    if (this.#closed) throw new DOMException('the process keeper is closed', 'AbortError');
    const keeper = this.#ensureKeeper();
    const id = this.#nextId++;
    let exited: (exit: Exit) => void = () => undefined;
    const end = new Promise<Exit>((resolve) => {
      exited = resolve;
    });
    const pid = await new Promise<number>((started, failed) => {
      this.#children.set(id, { pid: undefined, command, started, failed, exited });
      this.#holdOn(keeper);
      this.#send(keeper, {
        type: 'spawn',
        id,
        file: command.file,
        args: command.args,
        cwd: command.cwd ?? process.cwd(),
        env: command.env ?? definedEnvironment(),
        log: command.log,
        forward: command.onLine !== undefined,
      });
    });
    return { pid, exited: end, signal: (signal) => this.#send(keeper, { type: 'signal', id, signal }) };
  }

  /** Ends every process and the keeper; resolves when all are gone. */
  async close(): Promise<void> {
    this.#closed = true;
    const keeper = this.#keeper;
    if (keeper === undefined) return;
    // Nothing else may be left that keeps us running until it has ended.
    keeper.ref();
    const gone = new Promise((resolve) => keeper.once('exit', resolve));
    if (keeper.exitCode !== null || keeper.signalCode !== null) return;
    if (keeper.connected) keeper.disconnect();
    await gone;
  }

  #ensureKeeper(): ChildProcess {
    if (this.#keeper?.connected === true) return this.#keeper;
    const keeper = fork(KEEPER, [], { detached: true, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    keeper.on('message', (report: Report) => this.#receive(report));
    keeper.once('exit', () => this.#lost(keeper));
    keeper.on('error', () => this.#lost(keeper));
    this.#keeper = keeper;
    return keeper;
  }

  #send(keeper: ChildProcess, request: Request): void {
    if (keeper.connected) keeper.send(request, () => undefined);
  }

  #receive(report: Report): void {
    const child = this.#children.get(report.id);
    if (child === undefined) return;
    switch (report.type) {
      case 'spawned':
        child.pid = report.pid;
        child.started(report.pid);
        this.#announce();
        break;
      case 'failed':
        this.#children.delete(report.id);
        this.#announce();
        child.failed(new Error(`${child.command.file}: ${report.message}`));
        break;
      case 'line':
        child.command.onLine?.(report.text, report.stream);
        break;
      case 'exited':
        this.#children.delete(report.id);
        child.exited({ code: report.code, signal: report.signal });
        this.#announce();
        break;
    }
  }

  /** The keeper is gone: asked to, or killed, and then its children are ours to end. */
  #lost(keeper: ChildProcess): void {
    if (this.#keeper !== keeper) return;
    this.#keeper = undefined;
    const orphans = [...this.#children.values()];
    this.#children.clear();
    for (const child of orphans) {
      if (child.pid !== undefined) killGroup(child.pid);
      child.failed(new Error(`${child.command.file}: the process keeper was lost`));
      child.exited({ code: null, signal: null });
    }
    this.#announce();
  }

  /** What runs keeps us running; the keeper alone does not. */
  #holdOn(keeper: ChildProcess): void {
    if (this.#children.size > 0) {
      keeper.ref();
      keeper.channel?.ref();
    } else {
      keeper.unref();
      keeper.channel?.unref();
    }
  }

  #announce(): void {
    if (this.#keeper !== undefined) this.#holdOn(this.#keeper);
    this.#changed(
      [...this.#children.values()].flatMap(({ pid, command }) =>
        pid === undefined ? [] : [{ pid, file: command.file }],
      ),
    );
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

/** Our own environment, as a child is given it. */
export function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
