import { createServer, type Server } from 'node:net';

/**
 * Free loopback ports, all different. Preferred ones are taken where they are free, so that addresses stay the
 * same from one run to the next.
 */
export async function freePorts(count: number, preferred: readonly number[] = []): Promise<number[]> {
  const servers: Server[] = [];
  try {
    for (let index = 0; index < count; index++) {
      const wish = preferred[index] ?? 0;
      servers.push(await listen(wish).catch(() => listen(0)));
    }
    return servers.map((server) => portOf(server));
  } finally {
    // All are held until all are chosen: a port that is let go early could be chosen twice.
    await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  }
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a listening server has no port');
  return address.port;
}
