import { Command } from '@commander-js/extra-typings';
import { buildCommand } from './build.ts';
import { checkCommand } from './check.ts';
import { initCommand } from './init.ts';
import type { Io } from './io.ts';
import { VERSION } from './version.ts';

/** The command line. One file per command; what a command does is loaded when it runs. */
export function makeProgram(io: Io): Command {
  const program = new Command('homeplane')
    .description('Your homelab as one typed program.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .addHelpText('after', '\nExit codes: 0 fine, 1 findings, 2 usage, 3 fault.\n');
  for (const make of [initCommand, checkCommand, buildCommand]) {
    // Copies exitOverride and the output to the command, as `.command()` would.
    program.addCommand(make(io).copyInheritedSettings(program));
  }
  return program;
}
