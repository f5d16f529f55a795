// Starts children through a keeper, prints the ids of all, and waits to be killed.
import { ProcessKeeper } from '../../dist/process/index.js';

const keeper = new ProcessKeeper();
const child = new URL('./child.mjs', import.meta.url).pathname;
for (const mode of ['stubborn', 'family', 'hang']) {
  const { pid } = await keeper.spawn({ file: process.execPath, args: [child, mode, '0'] });
  process.stdout.write(`${pid}\n`);
}
process.stdout.write('ready\n');
setInterval(() => undefined, 1000);
