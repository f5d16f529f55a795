import type { KubeObject } from '../../kube/index.ts';
import type { Route, RouteTarget } from '../contribution.ts';
import { TRAEFIK_PODS } from './flows.ts';

/** A route to a service, and the login in front of it. The login lives beside the service, with users of its own. */
export function routeBehindLogin(domain: string, to: RouteTarget): Route {
  const { name, namespace, service, port } = to;
  const users = `${name}-users`;
  const traefik = (kind: string, objectName: string, spec: Record<string, unknown>): KubeObject => ({
    apiVersion: 'traefik.io/v1alpha1',
    kind,
    metadata: { name: objectName, namespace },
    spec,
  });
  return {
    objects: [
      traefik('Middleware', `${name}-login`, { basicAuth: { secret: users, removeHeader: true } }),
      traefik('IngressRoute', name, {
        entryPoints: ['websecure'],
        routes: [
          {
            kind: 'Rule',
            match: `Host(\`${name}.${domain}\`)`,
            middlewares: [{ name: `${name}-login` }],
            services: [{ name: service, port }],
          },
        ],
      }),
    ],
    secrets: [
      {
        namespace,
        name: users,
        keys: ['users'],
        why: `Logins of https://${name}.${domain}, as \`htpasswd -nB USER\` prints them.`,
      },
    ],
    flows: [
      {
        name: 'ui',
        from: TRAEFIK_PODS,
        to: to.pods,
        ports: [{ port: to.podPort }],
        why: 'The page is served behind a login.',
      },
    ],
  };
}
