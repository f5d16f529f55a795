#!/usr/bin/env node
import { CommanderError } from '@commander-js/extra-typings';
import { isFault } from '../util/index.ts';
import { EXIT, UsageError } from './exit.ts';
import { processIo } from './io.ts';
import { makeProgram } from './program.ts';

const io = processIo();
// Whoever reads our output may stop, as `head` does; then there is nothing left to say.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? EXIT.fine : EXIT.fault),
);
try {
  await makeProgram(io).parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  // Commander has printed its own message, with the nearest option that exists.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  if (error instanceof UsageError) {
    io.err(`error: ${error.message}\n`);
    return EXIT.usage;
  }
  if (isFault(error)) {
    io.err(`${io.paint('red', `fault ${error.code}`)} ${error.message}\n  fix: ${error.remedy}\n`);
    return EXIT.fault;
  }
  // Anything else is a mistake of homeplane itself, and its stack is what a report of it needs.
  io.err(
    `homeplane stopped by a mistake of its own; please report this:\n${String(error instanceof Error ? error.stack : error)}\n`,
  );
  return EXIT.fault;
}
