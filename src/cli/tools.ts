import { ProcessKeeper } from '../process/index.ts';
import { plainLines } from '../status/terminal/index.ts';
import { type ProgramName, Toolchain } from '../toolchain/index.ts';
import { type Event, Stream } from '../util/index.ts';
import type { Io } from './io.ts';

/** Gets a program, with progress on `err`, and hands it to some work; every process ends with it. */
export async function withProgram<T>(
  io: Io,
  name: ProgramName,
  work: (program: string, events: Stream<Event>) => Promise<T>,
): Promise<T> {
  return withPrograms(io, [name], ([program = ''], events) => work(program, events));
}

/** The same for several, in their order. */
export async function withPrograms<T>(
  io: Io,
  names: readonly ProgramName[],
  work: (programs: readonly string[], events: Stream<Event>) => Promise<T>,
): Promise<T> {
  return withToolchain(io, async (toolchain, events) => {
    const programs = await Promise.all(names.map((name) => toolchain.resolve(name)));
    return work(
      programs.map(({ file }) => file),
      events,
    );
  });
}

/** The same for whoever finds out what it needs. */
export async function withToolchain<T>(
  io: Io,
  work: (toolchain: Toolchain, events: Stream<Event>) => Promise<T>,
): Promise<T> {
  const events = new Stream<Event>();
  const toLines = plainLines(io.paint);
  events.subscribe((event) => {
    for (const line of toLines(event)) io.err(`${line}\n`);
  });
  const keeper = new ProcessKeeper();
  try {
    return await work(new Toolchain(keeper, events), events);
  } finally {
    await keeper.close();
  }
}
