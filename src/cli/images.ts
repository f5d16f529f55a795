import { Command } from '@commander-js/extra-typings';
import { loadSound } from './definition.ts';
import { EXIT, UsageError } from './exit.ts';
import type { Io } from './io.ts';

export function imagesCommand(io: Io) {
  return new Command('images')
    .description('List every image of every cluster, and the architectures that its nodes need.')
    .option('-d, --definition <file>', 'the definition (default: homelab.ts, homelab/homelab.ts)')
    .option('--verify', 'ask the registries whether each is published for them (needs docker buildx)')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  homeplane images\n  homeplane images --verify\n')
    .action(async (options) => {
      const loaded = await loadSound({ ...io, out: io.err }, options.definition);
      if (loaded === undefined) return;
      const { imagesOf } = await import('../lock/index.ts');
      const { lock } = loaded;
      if (lock === undefined)
        io.err('no lock: images of charts are not known; `homeplane lock` records them\n');
      const images = imagesOf(loaded.homelab, lock);
      const { pageImages, planHomelab } = await import('../compile/index.ts');
      // The repository's own CI builds these, from the commit that asks for them.
      const own = pageImages(planHomelab(loaded.homelab));
      const others = images.filter(({ image }) => !own.includes(image));
      const missing = options.verify === true ? await verify(others, io) : [];
      if (missing.length > 0) process.exitCode = EXIT.findings;
      if (options.json === true) io.out(`${JSON.stringify({ images, missing })}\n`);
      else if (options.verify === true)
        for (const line of missing) io.out(`${io.paint('red', 'missing')} ${line}\n`);
      else
        for (const { image, arch, clusters } of images)
          io.out(`${image} ${arch.join(',')} ${clusters.join(',')}\n`);
    });
}

/** Asks each image's registry, several at a time. */
async function verify(
  images: readonly { image: string; arch: readonly string[] }[],
  io: Io,
): Promise<string[]> {
  const { default: limit } = await import('p-limit');
  const run = limit(4);
  let done = 0;
  const answers = images.map(({ image, arch }) =>
    run(async () => {
      const published = await platforms(image);
      done += 1;
      if (io.interactive) io.err(`\r${done} of ${images.length} images`);
      const lacking = arch.filter((each) => !published.includes(`linux/${each}`));
      return lacking.length === 0 ? [] : [`${image} is not published for ${lacking.join(', ')}`];
    }),
  );
  return (await Promise.all(answers)).flat();
}

async function platforms(image: string): Promise<string> {
  const { execa } = await import('execa');
  const args = ['buildx', 'imagetools', 'inspect', image, '--format', '{{json .}}'];
  const { stdout, stderr, failed, code } = await execa('docker', args, { reject: false });
  if (code === 'ENOENT') throw new UsageError('--verify needs docker with buildx on PATH');
  if (failed) return stderr;
  const found = stdout.matchAll(/"architecture":"(\w+)","os":"linux"|"os":"linux","architecture":"(\w+)"/g);
  return [...found].map(([, a, b]) => `linux/${a ?? b ?? ''}`).join(' ');
}
