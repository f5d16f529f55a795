import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { Fault } from '../../util/index.ts';
import { type AppOptions, createApp } from './app.ts';

/** A server that answers. */
export interface PageServer {
  /** `http://127.0.0.1:4270` */
  readonly url: string;
  stop(): Promise<void>;
}

/** The address of the page, unless somebody else has it. */
export const PAGE_PORT = 4270;
const TRIES = 10;

/**
 * Listens at an address. Without a port it takes the usual one, or the next that is free.
 * @throws Fault HP1701 when the port that was asked for is taken.
 */
export async function listen(
  options: AppOptions,
  {
    host = '127.0.0.1',
    port,
  }: { readonly host?: string | undefined; readonly port?: number | undefined } = {},
): Promise<PageServer> {
  const { app, end } = createApp(options);
  const candidates =
    port === undefined ? Array.from({ length: TRIES }, (_, index) => PAGE_PORT + index) : [port];
  for (const candidate of candidates) {
    const server = await tryListen(app.fetch, host, candidate);
    if (server === undefined) continue;
    const address = server.address();
    const bound = typeof address === 'object' && address !== null ? address.port : candidate;
    const name = host.includes(':') ? `[${host}]` : host;
    return {
      url: `http://${name}:${bound}`,
      stop: () =>
        new Promise((resolve) => {
          end();
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
  }
  throw new Fault('HP1701', `${host}:${candidates.join(', ')}`);
}

function tryListen(
  fetch: Parameters<typeof serve>[0]['fetch'],
  hostname: string,
  port: number,
): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname, port }, () => resolve(server)) as Server;
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(new Fault('HP1701', `${hostname}:${port} (${error.message})`));
    });
  });
}
