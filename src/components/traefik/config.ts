import type { KubeObject } from '../../kube/index.ts';

/** The Secret with the dashboard's logins. */
export const DASHBOARD_USERS = 'dashboard-users';

/** Names of the middlewares that every HTTPS request passes, in order. */
export const ENTRYPOINT_MIDDLEWARES = ['rate-limit', 'security-headers'] as const;

/** Middlewares, TLS defaults and the dashboard's route. */
export function traefikConfig(namespace: string, domain: string, requestsPerSecond: number): KubeObject[] {
  const traefik = (kind: string, name: string, spec: Record<string, unknown>): KubeObject => ({
    apiVersion: 'traefik.io/v1alpha1',
    kind,
    metadata: { name, namespace },
    spec,
  });
  return [
    traefik('Middleware', 'rate-limit', {
      rateLimit: { average: requestsPerSecond, burst: requestsPerSecond * 2, period: '1s' },
    }),
    traefik('Middleware', 'security-headers', {
      headers: {
        stsSeconds: 31_536_000,
        stsIncludeSubdomains: true,
        contentTypeNosniff: true,
        frameDeny: true,
        referrerPolicy: 'strict-origin-when-cross-origin',
        permissionsPolicy: 'camera=(), microphone=(), geolocation=()',
      },
    }),
    traefik('Middleware', 'dashboard-auth', { basicAuth: { secret: DASHBOARD_USERS, removeHeader: true } }),
    traefik('TLSStore', 'default', { defaultCertificate: { secretName: 'wildcard' } }),
    traefik('TLSOption', 'default', { minVersion: 'VersionTLS12', sniStrict: true }),
    traefik('IngressRoute', 'dashboard', {
      entryPoints: ['websecure'],
      routes: [
        {
          kind: 'Rule',
          match: `Host(\`traefik.${domain}\`)`,
          middlewares: [{ name: 'dashboard-auth' }],
          services: [{ kind: 'TraefikService', name: 'api@internal' }],
        },
      ],
    }),
  ];
}
