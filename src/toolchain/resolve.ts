import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import type { ProcessKeeper } from '../process/index.ts';
import { type Event, Fault, formatDuration, plural, type Stream } from '../util/index.ts';
import { cacheFolder } from './cache.ts';
import { listPrograms, type Program, type ProgramName } from './programs.ts';
import type { Resolved, Source, SourceContext } from './source.ts';
import { fromBuild } from './sources/build.ts';
import { fromCache } from './sources/cache.ts';
import { fromPath } from './sources/path.ts';

/** What is quick is tried first. A program from a published image would be tried before it is built. */
const QUICK: readonly Source[] = [fromPath, fromCache];
const SLOW: readonly Source[] = [fromBuild];

/** One Go build keeps about four cores busy; more at once only fight for memory. */
const CORES_PER_BUILD = 4;

/** Cores of the machine that `buildSeconds` were measured on. */
const MEASURED_CORES = 2;

/** Gets programs, each once. Builds are queued in the order of the table. */
export class Toolchain {
  readonly #context: SourceContext;
  readonly #resolved = new Map<ProgramName, Promise<Resolved>>();
  readonly #toBuild: Program[] = [];
  /** Settles when all that were asked for so far are in the queue, or need none. */
  #queued = Promise.resolve();
  readonly #builds = pLimit(Math.max(1, Math.floor(availableParallelism() / CORES_PER_BUILD)));

  constructor(
    keeper: ProcessKeeper,
    events: Stream<Event>,
    options: { cache?: string; abort?: AbortSignal } = {},
  ) {
    this.#context = { keeper, events, cache: options.cache ?? cacheFolder(), abort: options.abort };
  }

  /** @throws Fault HP1201 when there is no way to get it, HP1202 when it does not build. */
  resolve(name: ProgramName): Promise<Resolved> {
    let resolved = this.#resolved.get(name);
    if (resolved === undefined) {
      resolved = this.#get(name);
      this.#resolved.set(name, resolved);
    }
    return resolved;
  }

  /** Starts to get programs, in this order, and says how long it will take when some have to be built. */
  prepare(names: readonly ProgramName[]): void {
    // Whoever needs one of them resolves it too, and is told what went wrong.
    for (const name of names) this.resolve(name).catch(() => undefined);
    void this.#queued.then(() => this.#estimate());
  }

  #estimate(): void {
    if (this.#toBuild.length === 0) return;
    const seconds = this.#toBuild.reduce((sum, { buildSeconds }) => sum + buildSeconds, 0);
    const here = (seconds * MEASURED_CORES) / availableParallelism();
    const message = `${plural(this.#toBuild.length, 'program')} to build first, about ${formatDuration(here)}; they are kept`;
    this.#context.events.emit({ type: 'log', task: 'toolchain', level: 'info', message });
  }

  /** The program if it can be had at once; undefined when it would have to be built. */
  async find(name: ProgramName): Promise<Resolved | undefined> {
    return first(QUICK, programNamed(name), this.#context);
  }

  async #get(name: ProgramName): Promise<Resolved> {
    const program = programNamed(name);
    const before = this.#queued;
    const looking = first(QUICK, program, this.#context);
    // Some are looked for longer than others: those that were asked for earlier get into the queue first.
    const building = looking.then(async (quick) => {
      await before;
      if (quick !== undefined) return undefined;
      this.#toBuild.push(program);
      return { done: this.#builds(() => first(SLOW, program, this.#context)) };
    });
    this.#queued = building.then(
      () => undefined,
      () => undefined,
    );
    const found = (await looking) ?? (await (await building)?.done);
    if (found !== undefined) return found;
    throw new Fault('HP1201', await this.#missing());
  }

  /** All programs that were asked for and are not there, so that they can be got in one go. */
  async #missing(): Promise<string> {
    const asked = [...this.#resolved.keys()];
    const found = await Promise.all(asked.map((name) => this.find(name)));
    const missing = asked.filter((_, index) => found[index] === undefined);
    const list = missing.map((name) => `${name} ${programNamed(name).version}`).join(', ');
    return `${list}: not on PATH in this version, not in ${this.#context.cache}, and there is no Go to build with`;
  }
}

async function first(
  sources: readonly Source[],
  program: Program & { readonly name: ProgramName },
  context: SourceContext,
): Promise<Resolved | undefined> {
  for (const source of sources) {
    const resolved = await source(program, context);
    if (resolved !== undefined) return resolved;
  }
  return undefined;
}

function programNamed(name: ProgramName): Program & { readonly name: ProgramName } {
  const program = listPrograms().find((candidate) => candidate.name === name);
  if (program === undefined) throw new Error(`no program ${name}`);
  return program;
}
