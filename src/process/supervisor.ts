import { setTimeout as sleep } from 'node:timers/promises';
import { Fault, type Stream } from '../util/index.ts';
import type { Command, ManagedProcess, ProcessKeeper } from './client.ts';
import type { Probe } from './probe.ts';

/** A program that is kept running. */
export interface Service {
  /** Unique in its supervisor, such as `staging/etcd`. */
  readonly name: string;
  /** What to run; a function is asked anew at each start. */
  readonly command: Command | (() => Promise<Command>);
  /** File that its output goes to, for messages. */
  readonly log?: string;
  /** Whether it does its work: waited for after each start, then asked again and again. */
  readonly probe: Probe;
}

/** What a supervisor says of its services. */
export type ProcessEvent =
  | { type: 'process-started'; service: string; pid: number }
  | { type: 'process-ready'; service: string; seconds: number }
  | { type: 'process-died'; service: string; reason: string; restartSeconds: number; log: string | undefined }
  | { type: 'process-stopped'; service: string };

/** How patient a supervisor is; tests are less so. */
export interface Patience {
  /** Until the first answer of the probe after a start. */
  readonly startMs: number;
  /** Between questions to a service that is well. */
  readonly probeMs: number;
  /** Unanswered questions in a row that mean it hangs. */
  readonly failures: number;
  /** Pause before the first restart; doubled each time up to the longest. */
  readonly backoffMs: number;
  readonly longestBackoffMs: number;
  /** From SIGTERM to SIGKILL. */
  readonly graceMs: number;
  /** Deaths in a row before a service has ever been ready that mean it never will be. */
  readonly attempts: number;
}

const PATIENCE: Patience = {
  startMs: 120_000,
  probeMs: 10_000,
  failures: 6,
  backoffMs: 500,
  longestBackoffMs: 30_000,
  graceMs: 5_000,
  attempts: 5,
};

interface Running {
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/** Keeps services running until it is stopped: restarts what dies or hangs, with growing pauses. */
export class Supervisor {
  readonly #keeper: ProcessKeeper;
  readonly #events: Stream<ProcessEvent>;
  readonly #patience: Patience;
  readonly #running = new Map<string, Running>();
  #closed = false;

  constructor(keeper: ProcessKeeper, events: Stream<ProcessEvent>, patience: Partial<Patience> = {}) {
    this.#keeper = keeper;
    this.#events = events;
    this.#patience = { ...PATIENCE, ...patience };
  }

  /**
   * Starts a service and resolves when its probe answers for the first time.
   * @throws Fault HP1303 when it keeps dying, or does not answer, before that.
   */
  start(service: Service): Promise<void> {
    if (this.#closed) return Promise.reject(new DOMException('the supervisor is stopped', 'AbortError'));
    if (this.#running.has(service.name)) throw new Error(`${service.name} is started already`);
    const stop = new AbortController();
    return new Promise((ready, failed) => {
      const done = this.#keep(service, stop.signal, ready).then(
        // Says something only to a caller who still waits for the first answer.
        () => failed(new DOMException(`${service.name} was stopped`, 'AbortError')),
        failed,
      );
      this.#running.set(service.name, { stop, done });
    });
  }

  /** Stops one service; SIGKILL follows when SIGTERM is ignored. */
  async stop(name: string): Promise<void> {
    const running = this.#running.get(name);
    if (running === undefined) return;
    running.stop.abort();
    await running.done;
    this.#running.delete(name);
  }

  /** Stops everything for good, the last started first, so that nothing loses what it stands on. */
  async stopAll(): Promise<void> {
    this.#closed = true;
    for (const name of [...this.#running.keys()].toReversed()) await this.stop(name);
  }

  async #keep(service: Service, stop: AbortSignal, ready: () => void): Promise<void> {
    const { backoffMs, longestBackoffMs, attempts } = this.#patience;
    let pause = backoffMs;
    let everReady = false;
    for (let attempt = 1; !stop.aborted; attempt++) {
      const { reason, wasReady } = await this.#runOnce(service, stop, () => {
        everReady = true;
        ready();
      });
      if (stop.aborted) break;
      const { log } = service;
      if (!everReady && attempt >= attempts)
        throw new Fault('HP1303', `${service.name} ${reason}${log === undefined ? '' : `, log: ${log}`}`);
      if (wasReady) pause = backoffMs;
      this.#events.emit({
        type: 'process-died',
        service: service.name,
        reason,
        restartSeconds: pause / 1000,
        log,
      });
      await sleep(pause, undefined, { signal: stop }).catch(() => undefined);
      pause = Math.min(pause * 2, longestBackoffMs);
    }
    this.#events.emit({ type: 'process-stopped', service: service.name });
  }

  async #runOnce(
    service: Service,
    stop: AbortSignal,
    ready: () => void,
  ): Promise<{ reason: string; wasReady: boolean }> {
    const since = Date.now();
    let wasReady = false;
    let child: ManagedProcess;
    try {
      const command = typeof service.command === 'function' ? await service.command() : service.command;
      child = await this.#keeper.spawn(
        service.log === undefined ? command : { ...command, log: service.log },
      );
    } catch (error) {
      return { reason: error instanceof Error ? error.message : String(error), wasReady };
    }
    this.#events.emit({ type: 'process-started', service: service.name, pid: child.pid });
    const over = new AbortController();
    const watched = AbortSignal.any([stop, over.signal]);
    const hung = this.#watch(service.probe, watched, () => {
      wasReady = true;
      this.#events.emit({
        type: 'process-ready',
        service: service.name,
        seconds: (Date.now() - since) / 1000,
      });
      ready();
    });
    const exited = child.exited.then(({ code, signal }) =>
      code === null ? `was ended by ${signal ?? 'the loss of its keeper'}` : `exited with ${code}`,
    );
    const reason = await Promise.race([exited, hung]);
    over.abort();
    if (reason === undefined || !reason.startsWith('exited')) await this.#end(child);
    return { reason: reason ?? 'was stopped', wasReady };
  }

  /** Resolves with a reason when the service hangs, with undefined when watching is over. */
  async #watch(probe: Probe, over: AbortSignal, ready: () => void): Promise<string | undefined> {
    const { startMs, probeMs, failures } = this.#patience;
    const deadline = Date.now() + startMs;
    const pause = (ms: number) => sleep(ms, undefined, { signal: over }).catch(() => undefined);
    while (!(await probe())) {
      if (over.aborted) return undefined;
      if (Date.now() > deadline) return `did not answer within ${startMs / 1000} s of its start`;
      await pause(50);
    }
    if (over.aborted) return undefined;
    ready();
    for (let missed = 0; missed < failures; ) {
      await pause(probeMs);
      if (over.aborted) return undefined;
      missed = (await probe()) ? 0 : missed + 1;
    }
    return `stopped answering (${failures} times in a row)`;
  }

  async #end(child: ManagedProcess): Promise<void> {
    child.signal('SIGTERM');
    const over = new AbortController();
    const late = sleep(this.#patience.graceMs, 'late', { signal: over.signal }).catch(() => 'gone');
    if ((await Promise.race([child.exited, late])) === 'late') child.signal('SIGKILL');
    over.abort();
    await child.exited;
  }
}
