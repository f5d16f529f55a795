// Gets one program into a cache, as a homeplane of its own, and prints how.
import { ProcessKeeper } from '../../dist/process/index.js';
import { Toolchain } from '../../dist/toolchain/index.js';
import { Stream } from '../../dist/util/index.js';

const [cache, name] = process.argv.slice(2);
const keeper = new ProcessKeeper();
const events = new Stream();
events.subscribe((event) => {
  if (event.type === 'started') process.stdout.write('building\n');
});
const { from } = await new Toolchain(keeper, events, { cache }).resolve(name);
process.stdout.write(`${from}\n`);
await keeper.close();
