import { stringify } from 'yaml';
import type { KubeConfig } from '../kube/index.ts';

/** A kubeconfig that stands by itself: certificates are in it. @param as Whom to impersonate. */
export function kubeconfig(name: string, config: KubeConfig, as?: string): string {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: config.server, 'certificate-authority-data': base64(config.ca) } }],
    users: [
      {
        name,
        user: {
          'client-certificate-data': base64(config.cert),
          'client-key-data': base64(config.key),
          ...(as === undefined ? {} : { as }),
        },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });
}
