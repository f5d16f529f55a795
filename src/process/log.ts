import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

/** One file is rotated away at this size, so that a program that floods its log cannot fill the disk. */
const CAP_BYTES = 16 * 2 ** 20;

/** A log file that keeps the last one or two times {@link CAP_BYTES}: `x.log` and before it `x.log.1`. */
export class CappedLog {
  readonly #file: string;
  #descriptor: number;
  #size = 0;

  constructor(file: string) {
    this.#file = file;
    this.#descriptor = openSync(file, 'a', 0o600);
    this.#size = fstatSync(this.#descriptor).size;
  }

  append(chunk: Buffer): void {
    // Synchronous on purpose: the program that floods is held up instead of our memory filling.
    writeSync(this.#descriptor, chunk);
    this.#size += chunk.length;
    if (this.#size < CAP_BYTES) return;
    closeSync(this.#descriptor);
    renameSync(this.#file, `${this.#file}.1`);
    this.#descriptor = openSync(this.#file, 'a', 0o600);
    this.#size = 0;
  }
}
