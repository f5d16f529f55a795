import { mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { BOARD_KINDS, type BoardKind } from '../project/board-kinds.ts';
import type { Answers } from '../project/scaffold.ts';
import { exists, Fault, formatIp, parseCidr, writeFileAtomic } from '../util/index.ts';
import { EXIT, UsageError } from './exit.ts';
import type { Io } from './io.ts';

const KINDS = Object.keys(BOARD_KINDS) as BoardKind[];

export function initCommand(io: Io) {
  return new Command('init')
    .description('Write a first homelab.ts, from questions or from flags.')
    .argument('[folder]', 'where it goes', '.')
    .option('--name <name>', "name of the homelab (default: the folder's)")
    .addOption(new Option('--board <kind>', 'what it runs on').choices(KINDS))
    .option('--count <number>', 'how many modules or boards', wholeNumber)
    .option('--memory <size>', 'memory of each, such as 8GB')
    .option('--subnet <network>', 'the LAN, such as 192.168.1.0/24')
    .option('--gateway <address>', "the router's address (default: the first of the LAN)")
    .option('--domain <name>', "the cluster's domain, such as lab.example.org")
    .option('--zone <name>', "the DNS zone (default: the domain's last two labels)")
    .option('--repository <url>', 'the Git repository that Flux reads')
    .option('--email <address>', 'contact for certificates (default: hostmaster@ZONE)')
    .option('--yes', 'ask nothing: take defaults for what no flag says')
    .addHelpText(
      'after',
      '\nExamples:\n  homeplane init\n  homeplane init lab --board raspberry-pi-5 --count 3 --subnet 10.0.0.0/24 \\\n    --domain lab.example.org --repository https://github.com/me/lab --yes\n',
    )
    .action(async (folder, options) => {
      const target = resolve(folder);
      const file = join(target, 'homelab.ts');
      if (await exists(file)) throw new Fault('HP1401', file);
      const ask = options.yes !== true && process.stdin.isTTY && io.interactive;
      const given = ask ? await (await import('./questions.ts')).askMissing(options) : options;
      if (given === undefined) {
        process.exitCode = EXIT.usage;
        return;
      }
      const answers = complete(given, basename(target));
      const { scaffold } = await import('../project/scaffold.ts');
      const files = tryOrUsage(() => scaffold(answers));
      await mkdir(target, { recursive: true });
      for (const [path, content] of files) {
        const place = join(target, path);
        // Somebody's package.json is theirs; homelab.ts was looked for above.
        if (await exists(place)) continue;
        await writeFileAtomic(place, content);
        io.out(`wrote ${place}\n`);
      }
      io.out(
        `\nNext: read ${file}, add your router's DHCP range, then run\n  homeplane check\n  homeplane up\n`,
      );
    });
}

/** What the flags and questions gave. */
export type Given = { [Key in keyof Answers]?: Answers[Key] | undefined };

function complete(given: Given, folderName: string): Answers {
  const board = given.board ?? 'raspberry-pi-5';
  const domain = given.domain ?? 'lab.example.org';
  const zone = given.zone ?? domain.split('.').slice(-2).join('.');
  const subnet = given.subnet ?? '192.168.1.0/24';
  const name = given.name ?? nameFrom(folderName);
  return {
    name,
    board,
    count: given.count ?? 3,
    memory: given.memory ?? BOARD_KINDS[board].memory[0],
    subnet,
    gateway: given.gateway ?? formatIp((parseCidr(subnet)?.first ?? 0) + 1),
    domain,
    zone,
    repository: given.repository ?? `https://github.com/example/${name}`,
    email: given.email ?? `hostmaster@${zone}`,
  };
}

function nameFrom(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return name === '' ? 'homelab' : name;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number of at least 1');
  return value;
}

function tryOrUsage<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}
