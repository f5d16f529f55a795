import { InvalidArgumentError, Option } from '@commander-js/extra-typings';

/** `--state`, the same for every command that deals with a twin. */
export function stateOption() {
  return new Option('--state <folder>', "where the twin's state is")
    .env('HOMEPLANE_STATE')
    .default('.homeplane');
}

/** A parser of option values. @throws InvalidArgumentError */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('a number of seconds above 0');
  return value;
}
