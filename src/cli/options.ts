import { Option } from '@commander-js/extra-typings';

/** `--state`, the same for every command that deals with a twin. */
export function stateOption() {
  return new Option('--state <folder>', "where the twin's state is")
    .env('HOMEPLANE_STATE')
    .default('.homeplane');
}
