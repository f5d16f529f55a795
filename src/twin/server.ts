import { createReadStream } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { type PackagedChart, repositoryIndex } from './charts/folder.ts';
import { serveGit } from './git/backend.ts';

/** What Flux in the twins fetches from: the compiled tree as a Git repository, and packaged charts. */
export interface SourceServer {
  /** URL of the Git repository. */
  readonly git: string;
  /** URL of one of the chart repositories. */
  charts(name: string): string;
  close(): Promise<void>;
}

/**
 * Serves repositories below `gitRoot` and chart repositories, on loopback, to readers that ask for loopback.
 * @param charts Packaged charts by the name of their repository.
 */
export async function serveSources(
  port: number,
  gitRoot: string,
  repository: string,
  charts: ReadonlyMap<string, readonly PackagedChart[]>,
): Promise<SourceServer> {
  const host = `127.0.0.1:${port}`;
  const base = `http://${host}/charts`;
  const files = new Map<string, string>();
  const indexes = new Map<string, string>();
  for (const [name, packaged] of charts) {
    for (const { file } of packaged) files.set(`/charts/${name}/${basename(file)}`, file);
    indexes.set(
      `/charts/${name}/index.yaml`,
      repositoryIndex(packaged, ({ file }) => `${base}/${name}/${basename(file)}`),
    );
  }
  const server = createServer((request, response) => {
    // A page in the user's browser that rebinds its name to loopback still sends its own name.
    if (request.headers.host !== host) return answer(response, 403, 'wrong host');
    const url = new URL(request.url ?? '/', `http://${host}`);
    const index = indexes.get(url.pathname);
    if (index !== undefined) return answer(response, 200, index);
    const chart = files.get(url.pathname);
    if (chart !== undefined) return sendFile(chart, response);
    if (url.pathname.startsWith(`/${repository}/`)) return serveGit(gitRoot, url, request, response);
    answer(response, 404, 'not found');
  });
  await listen(server, port);
  return {
    git: `http://${host}/${repository}`,
    charts: (name) => `${base}/${name}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

function answer(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(body);
}

function sendFile(file: string, response: ServerResponse): void {
  const stream = createReadStream(file);
  stream.once('open', () => response.writeHead(200, { 'content-type': 'application/gzip' }));
  stream.once('error', () =>
    response.headersSent ? response.destroy() : answer(response, 500, 'cannot be read'),
  );
  stream.pipe(response);
}
