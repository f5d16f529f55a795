import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { Fault } from '../util/index.ts';
import type { KubeAccess } from './client.ts';
import { listAt, textAt } from './fields.ts';

/**
 * How a kubeconfig reaches its cluster.
 * @param context Default: the current one.
 * @throws Fault HP1310 when it cannot be read, or its user logs in by a program.
 */
export async function readKubeconfig(file: string, context?: string): Promise<KubeAccess> {
  const config = await readFile(file, 'utf8').then(parseQuietly, (error: unknown) => {
    throw new Fault('HP1310', file, { cause: error });
  });
  const called = (list: string, name: string | undefined) =>
    listAt(config, list).find((item) => textAt(item, 'name') === name);
  const wanted = called('contexts', context ?? textAt(config, 'current-context'));
  const cluster = called('clusters', textAt(wanted, 'context', 'cluster'));
  const user = called('users', textAt(wanted, 'context', 'user'));
  const server = textAt(cluster, 'cluster', 'server');
  if (server === undefined) throw new Fault('HP1310', `${file}: no context ${context ?? 'is current'}`);
  const pem = (of: unknown, section: string, key: string) => pemOf(of, section, key, dirname(file));
  const [ca, cert, key] = await Promise.all([
    pem(cluster, 'cluster', 'certificate-authority'),
    pem(user, 'user', 'client-certificate'),
    pem(user, 'user', 'client-key'),
  ]);
  const token = textAt(user, 'user', 'token');
  if (token === undefined && cert === undefined) throw new Fault('HP1310', `${file}: its user has neither`);
  return { server, ca, cert, key, token };
}

function parseQuietly(text: string): unknown {
  return parse(text, { logLevel: 'silent' });
}

/** PEM that is in it, or in a file beside it. */
async function pemOf(of: unknown, section: string, key: string, folder: string): Promise<string | undefined> {
  const data = textAt(of, section, `${key}-data`);
  if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
  const file = textAt(of, section, key);
  return file === undefined ? undefined : readFile(resolve(folder, file), 'utf8');
}
