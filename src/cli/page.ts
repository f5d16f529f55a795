import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { Option } from '@commander-js/extra-typings';
import type { ServicePort } from '../components/index.ts';
import type { KubeClient } from '../kube/index.ts';
import type { HomelabState, PageServer } from '../status/index.ts';
import { VERSION } from '../util/index.ts';
import { UsageError } from './exit.ts';
import type { Io } from './io.ts';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** What a command takes that serves the page. */
export interface PageOptions {
  readonly port?: number | undefined;
  readonly bind: string;
  readonly tokenFile?: string | undefined;
  readonly allowedHost: string[];
  readonly authProxy?: string | undefined;
  readonly allowActions?: true | undefined;
}

/** The options of every command that serves the page. */
export const PAGE_OPTIONS = {
  port: () =>
    new Option('--port <number>', 'where the page is (default: 4270, or the next that is free)').argParser(
      portOf,
    ),
  bind: () =>
    new Option('--bind <address>', 'address to listen at; beyond this machine it asks for a token').default(
      '127.0.0.1',
    ),
  tokenFile: () =>
    new Option('--token-file <file>', 'file with the token to ask for (default: one is made and shown)'),
  allowedHost: () =>
    new Option('--allowed-host <name...>', 'further names that the page is called by').default(
      [] as string[],
    ),
  authProxy: () =>
    new Option('--auth-proxy <address=header>', 'a proxy that asks for a login, and the header that it sets'),
  allowActions: () => new Option('--allow-actions', 'let readers reconcile, cordon and drain'),
} as const;

/** Opens the page and says where. */
export async function openPage(
  io: Io,
  options: PageOptions,
  page: {
    readonly state: HomelabState;
    readonly client: (cluster: string) => KubeClient | undefined;
    readonly alertmanager: (cluster: string) => ServicePort | undefined;
    readonly docs: () => ReadonlyMap<string, string>;
    /** Folder for the record of actions. */
    readonly folder: string;
  },
): Promise<PageServer> {
  const { listen, readAssets } = await import('../status/index.ts');
  const { bind, port, allowedHost, allowActions } = options;
  const proxy = proxyOf(options.authProxy);
  const token = await tokenOf(options, proxy !== undefined);
  const server = await listen(
    {
      state: page.state,
      docs: page.docs,
      assets: await readAssets(),
      version: VERSION,
      access: { hosts: allowedHost, token: token?.value, proxy },
      actions:
        allowActions === true
          ? { client: page.client, alertmanager: page.alertmanager, audit: auditIn(page.folder) }
          : undefined,
    },
    { host: bind, port },
  );
  const secret = token?.made === true ? `  token: ${token.value}` : '';
  io.err(`${io.paint('bold', 'page')}  ${io.paint('cyan', `${server.url}/`)}${secret}\n`);
  return server;
}

async function tokenOf(
  { bind, tokenFile }: PageOptions,
  proxied: boolean,
): Promise<{ value: string; made: boolean } | undefined> {
  if (tokenFile !== undefined) {
    const value = (await readFile(tokenFile, 'utf8')).trim();
    if (value.length < 16) throw new UsageError(`${tokenFile}: a token has at least 16 characters`);
    return { value, made: false };
  }
  if (LOOPBACK.includes(bind) || proxied) return undefined;
  return { value: randomBytes(24).toString('base64url'), made: true };
}

function proxyOf(text: string | undefined): { address: string; header: string } | undefined {
  if (text === undefined) return undefined;
  const [, address, header] = /^([0-9a-f.:]+)=([A-Za-z-]+)$/.exec(text) ?? [];
  if (address === undefined || header === undefined)
    throw new UsageError(`--auth-proxy ${text}: an address and a header, such as 192.168.1.2=Remote-User`);
  return { address, header };
}

/** A line of JSON for each action, which stays. */
function auditIn(folder: string): (entry: object) => Promise<void> {
  return async (entry) => {
    await mkdir(folder, { recursive: true });
    await appendFile(`${folder}/actions.jsonl`, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port ${text}: a number from 0 to 65535`);
  return port;
}
