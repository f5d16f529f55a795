import type { KubeObject } from '../../kube/index.ts';
import type { Route, RouteTarget } from '../exports.ts';
import { PUBLIC } from '../shared.ts';
import { TRAEFIK_PODS } from './flows.ts';

/** A route to a service, and the login in front of it. The login lives beside the service, with users of its own. */
export function routeBehindLogin(domain: string, to: RouteTarget): Route {
  const { name, namespace, service, port } = to;
  const users = `${name}-users`;
  const traefik = (
    kind: string,
    objectName: string,
    spec: Record<string, unknown>,
    annotations?: Record<string, string>,
  ): KubeObject => ({
    apiVersion: 'traefik.io/v1alpha1',
    kind,
    metadata: { name: objectName, namespace, ...(annotations === undefined ? {} : { annotations }) },
    spec,
  });
  const annotations =
    to.publicTarget === undefined
      ? undefined
      : { [PUBLIC.name]: PUBLIC.value, [PUBLIC.target]: to.publicTarget };
  const login = {
    object: traefik('Middleware', `${name}-login`, { basicAuth: { secret: users, removeHeader: true } }),
    secret: {
      namespace,
      name: users,
      keys: { users: 'login' as const },
      why: `Login of https://${name}.${domain}.`,
    },
  };
  const logins = to.ownLogin === true ? [] : [login];
  return {
    objects: [
      ...logins.map(({ object }) => object),
      traefik(
        'IngressRoute',
        name,
        {
          entryPoints: ['websecure'],
          routes: [
            {
              kind: 'Rule',
              match: `Host(\`${name}.${domain}\`)`,
              middlewares: logins.map(({ object }) => ({ name: object.metadata.name })),
              services: [{ name: service, port }],
            },
          ],
        },
        annotations,
      ),
    ],
    secrets: logins.map(({ secret }) => secret),
    flows: [
      {
        name: `${name}-ui`,
        from: TRAEFIK_PODS,
        to: to.pods,
        ports: [{ port: to.podPort }],
        why:
          to.ownLogin === true
            ? 'The page is served; it has a login of its own.'
            : 'The page is served behind a login.',
      },
    ],
  };
}
