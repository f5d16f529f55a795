import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../util/index.ts';
import type { KubeAccess } from './client.ts';

/** Where the kubelet puts what a pod's account is known by. */
const FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';
/** The kubelet renews the token long before it ends. */
const READ_AGAIN_MS = 60_000;

/**
 * How a pod reaches the API server of its own cluster.
 * @param folder Where the token and the certificate of the authority are.
 * @throws Fault HP1311 outside a pod.
 */
export async function inClusterAccess(folder: string = FOLDER): Promise<KubeAccess> {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = process.env;
  if (host === undefined) throw new Fault('HP1311', 'KUBERNETES_SERVICE_HOST is not set');
  const file = join(folder, 'token');
  const ca = await readFile(join(folder, 'ca.crt'), 'utf8').catch((error: unknown) => {
    throw new Fault('HP1311', folder, { cause: error });
  });
  let token = '';
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    ca,
    token: () => {
      if (performance.now() - readAt > READ_AGAIN_MS) {
        token = readFileSync(file, 'utf8').trim();
        readAt = performance.now();
      }
      return token;
    },
  };
}
