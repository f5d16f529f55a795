import { Command } from '@commander-js/extra-typings';
import type { Io } from '../io.ts';
import { secretsCheck } from './check.ts';
import { secretsInit } from './init.ts';
import { secretsList } from './list.ts';
import { secretsRotate } from './rotate.ts';
import { secretsSet } from './set.ts';

export function secretsCommand(io: Io) {
  const command = new Command('secrets')
    .description('Keep the values that must not be in a definition: encrypted in Git, decrypted by Flux.')
    .addHelpText(
      'after',
      '\nExamples:\n  homeplane secrets init\n  homeplane secrets list\n  homeplane secrets set production cert-manager/cloudflare-api-token api-token < token.txt\n',
    );
  for (const make of [secretsInit, secretsSet, secretsList, secretsRotate, secretsCheck])
    command.addCommand(make(io) as Command);
  return command;
}
