import type { Event, Stream } from '../../util/index.ts';

/** Before this share is done, the measured build time is the better estimate. */
const TRUSTED_SHARE = 0.05;
const EVERY_MS = 500;

/** Turns the lines that Go prints into progress events, with an estimate of what is left. */
export class BuildProgress {
  readonly #task: string;
  readonly #typicalSeconds: number;
  readonly #events: Stream<Event>;
  readonly #since = Date.now();
  #total = 0;
  #done = 0;
  #downloaded = 0;
  #buildSince = Date.now();
  #lastSaid = 0;

  constructor(task: string, typicalSeconds: number, events: Stream<Event>) {
    this.#task = task;
    this.#typicalSeconds = typicalSeconds;
    this.#events = events;
    events.emit({ type: 'started', task });
  }

  /** How many packages are to be compiled. */
  expect(packages: number): void {
    this.#total = packages;
    this.#buildSince = Date.now();
  }

  /** A line of Go's output: a download or, with -v, a package that is being compiled. */
  line(text: string): void {
    if (text.startsWith('go: ')) this.#downloaded += text.startsWith('go: downloading') ? 1 : 0;
    else if (this.#total > 0) this.#done = Math.min(this.#done + 1, this.#total);
    const now = Date.now();
    if (now - this.#lastSaid < EVERY_MS) return;
    this.#lastSaid = now;
    const detail = this.#total > 0 ? 'packages' : `${this.#downloaded} modules downloaded`;
    this.#events.emit({
      type: 'progress',
      task: this.#task,
      done: this.#done,
      ...(this.#total > 0 ? { total: this.#total } : {}),
      detail,
      remainingSeconds: this.#remaining(now),
    });
  }

  finish(sizeBytes: number): void {
    const seconds = (Date.now() - this.#since) / 1000;
    this.#events.emit({
      type: 'finished',
      task: this.#task,
      seconds,
      detail: `${Math.round(sizeBytes / 1e6)} MB`,
    });
  }

  fail(message: string): void {
    this.#events.emit({ type: 'failed', task: this.#task, message });
  }

  #remaining(now: number): number {
    const elapsed = (now - this.#buildSince) / 1000;
    const share = this.#total === 0 ? 0 : this.#done / this.#total;
    if (share < TRUSTED_SHARE) return Math.max(1, this.#typicalSeconds - (now - this.#since) / 1000);
    return (elapsed / share) * (1 - share);
  }
}
