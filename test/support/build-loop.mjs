// Writes tree A and tree B into a folder, over and over, until it is killed. Says `ready` once it has begun.
import { writeTree } from '../../dist/project/index.js';

const [folder, files] = process.argv.slice(2);
const tree = (letter) =>
  new Map(
    Array.from({ length: Number(files) }, (_, i) => [
      `${letter === 'a' ? 'x' : 'y'}/${i % 7}/${i}.yaml`,
      `${letter}\n`,
    ]).concat([['common.yaml', `${letter}\n`]]),
  );
for (let round = 0; ; round++) {
  await writeTree(folder, tree(round % 2 === 0 ? 'a' : 'b'));
  if (round === 1) process.stdout.write('ready\n');
}
