import { ProcessKeeper } from '../process/index.ts';
import { plainLines } from '../status/index.ts';
import { type ProgramName, Toolchain } from '../toolchain/index.ts';
import { type Event, Stream } from '../util/index.ts';
import type { Io } from './io.ts';

/** Gets a program, with progress on `err`, and hands it to some work; every process ends with it. */
export async function withProgram<T>(
  io: Io,
  name: ProgramName,
  work: (program: string, events: Stream<Event>) => Promise<T>,
): Promise<T> {
  const events = new Stream<Event>();
  const toLines = plainLines(io.paint);
  events.subscribe((event) => {
    for (const line of toLines(event)) io.err(`${line}\n`);
  });
  const keeper = new ProcessKeeper();
  try {
    return await work((await new Toolchain(keeper, events).resolve(name)).file, events);
  } finally {
    await keeper.close();
  }
}
