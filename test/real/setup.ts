import { ProcessKeeper } from '../../src/process/index.ts';
import { plainLines } from '../../src/status/index.ts';
import { listPrograms, Toolchain } from '../../src/toolchain/index.ts';
import { type Event, plain, Stream } from '../../src/util/index.ts';

/** Gets every program before the first test, with progress: the first time this builds them, which takes minutes. */
export default async function setup(): Promise<void> {
  const keeper = new ProcessKeeper();
  const events = new Stream<Event>();
  const toLines = plainLines(plain);
  events.subscribe((event) => {
    for (const line of toLines(event)) process.stderr.write(`${line}\n`);
  });
  const toolchain = new Toolchain(keeper, events);
  try {
    await Promise.all(listPrograms().map(({ name }) => toolchain.resolve(name)));
  } finally {
    await keeper.close();
  }
}
