import { devNull } from 'node:os';
import { execa } from 'execa';
import { Fault } from '../util/index.ts';

/** The SOPS program. Values go in and out by pipes: never as arguments, never to a file in the clear. */
export class Sops {
  readonly #program: string;

  constructor(program: string) {
    this.#program = program;
  }

  /** Encrypts the values of a Secret's manifest for one recipient; its names stay readable. */
  async encrypt(manifest: string, recipient: string): Promise<string> {
    return this.#run('encrypt', manifest, [
      `--age=${recipient}`,
      '--encrypted-regex=^(data|stringData)$',
      '--filename-override=secret.yaml',
    ]);
  }

  /** @throws Fault HP1601 when the key does not open it. */
  async decrypt(encrypted: string, keyFile: string): Promise<string> {
    return this.#run('decrypt', encrypted, [], { SOPS_AGE_KEY_FILE: keyFile });
  }

  async #run(command: string, input: string, args: readonly string[], env: Record<string, string> = {}) {
    const types = ['--input-type=yaml', '--output-type=yaml'];
    const { stdout, stderr, failed } = await execa(this.#program, [command, ...types, ...args], {
      input,
      // A .sops.yaml on the way up has rules for files; here everything is said by arguments.
      env: { SOPS_CONFIG: devNull, ...env },
      reject: false,
      stripFinalNewline: false,
    });
    if (failed) throw new Fault('HP1601', `sops ${command}: ${stderr.trim().split('\n')[0] ?? ''}`);
    return stdout;
  }
}
