/**
 * What long work says while it runs. The terminal, `--json`, the status page and the tests are readers of it.
 */
export type Event =
  | { type: 'started'; task: string; detail?: string }
  | {
      type: 'progress';
      task: string;
      done: number;
      total?: number;
      detail?: string;
      remainingSeconds?: number;
    }
  | { type: 'log'; task: string; level: 'info' | 'warning'; message: string }
  | { type: 'finished'; task: string; seconds: number; detail?: string }
  | { type: 'failed'; task: string; message: string };

/** One reader of a {@link Stream}. It must not throw. */
export type Reader<E> = (event: E) => void;

/** A typed event stream with any number of readers; delivery is synchronous and in order. */
export class Stream<E> {
  readonly #readers = new Set<Reader<E>>();

  emit(event: E): void {
    for (const reader of this.#readers) reader(event);
  }

  /** Returns the function that ends the subscription. */
  subscribe(reader: Reader<E>): () => void {
    this.#readers.add(reader);
    return () => this.#readers.delete(reader);
  }
}
