import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the ports that systems give to outgoing connections (Linux from 32768, macOS from 49152): one of those could
 * be taken between choosing a port and listening at it.
 */
const FIRST = 20_000;
const LAST = 31_999;
const ATTEMPTS = 200;

/** Gives out loopback ports that are free and that it has not given out before. */
export class PortPool {
  readonly #given = new Set<number>();

  /**
   * A block of ports. The preferred ones are taken where all of them are free, so that addresses stay the same from
   * one run to the next.
   * @throws Error when no block is free.
   */
  async allocate(count: number, preferred: readonly number[] = []): Promise<number[]> {
    if (preferred.length === count && (await this.#take(preferred))) return [...preferred];
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const base = randomInt(FIRST, LAST - count);
      const block = Array.from({ length: count }, (_, index) => base + index);
      if (await this.#take(block)) return block;
    }
    throw new Error(`no ${count} free ports in a row between ${FIRST} and ${LAST}`);
  }

  async #take(ports: readonly number[]): Promise<boolean> {
    if (ports.some((port) => this.#given.has(port))) return false;
    // Marked before the first wait, so that two callers at once never get the same.
    for (const port of ports) this.#given.add(port);
    const free = await Promise.all(ports.map(isFree));
    if (free.every(Boolean)) return true;
    for (const port of ports) this.#given.delete(port);
    return false;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
