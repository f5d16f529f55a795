import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** A network between a client and a server on this machine, to be made slow, silent or cut. */
export async function openLine(port: number) {
  let delayMs = 0;
  let silent = false;
  const pairs = new Set<{ near: Socket; far: Socket }>();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    const pair = { near, far };
    pairs.add(pair);
    const carry = (from: Socket, to: Socket) => {
      from.on('data', (chunk) => {
        from.pause();
        setTimeout(() => {
          if (!to.destroyed) to.write(chunk);
          if (!silent) from.resume();
        }, delayMs);
      });
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
      from.on('error', () => to.destroy());
      if (silent) from.pause();
    };
    carry(near, far);
    carry(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Every chunk takes this long. */
    slow(ms: number): void {
      delayMs = ms;
    },
    /** Nothing goes through and nobody hangs up, as behind a switch that has lost power. */
    silence(on: boolean): void {
      silent = on;
      for (const { near, far } of pairs)
        for (const end of [near, far])
          if (on) end.pause();
          else end.resume();
    },
    /** Hangs up on everybody. */
    cut(): void {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
    },
    close(): void {
      this.cut();
      server.close();
    },
  };
}
