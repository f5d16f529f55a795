import { field, isRecord, type KubeObject, listAt, textAt } from '../kube/index.ts';
import { namespaceOf, type World } from './world.ts';

/** One way in: who is asked for, and who answers. */
export interface Route {
  readonly object: KubeObject;
  readonly hosts: readonly string[];
  /** What follows the host, to tell two routes of one host apart. */
  readonly path: string;
  readonly backends: readonly Backend[];
  /** Names of middlewares, as `namespace/name`. */
  readonly middlewares: readonly string[];
  readonly tls: boolean;
}

interface Backend {
  readonly namespace: string;
  readonly name: string;
  readonly port: string | number | undefined;
}

/** Every route of a cluster: Ingress, Traefik's IngressRoute and the Gateway API's HTTPRoute. */
export function routesOf(world: World): Route[] {
  return [
    ...world.of('Ingress').flatMap(ofIngress),
    ...world.of('IngressRoute').flatMap(ofIngressRoute),
    ...world.of('HTTPRoute').flatMap(ofHttpRoute),
  ];
}

function ofIngress(object: KubeObject): Route[] {
  const covered = listAt(object, 'spec', 'tls').flatMap((tls) => listAt(tls, 'hosts'));
  return listAt(object, 'spec', 'rules').flatMap((rule) => {
    const host = textAt(rule, 'host');
    return listAt(rule, 'http', 'paths').map((path) => ({
      object,
      hosts: host === undefined ? [] : [host],
      path: textAt(path, 'path') ?? '/',
      backends: [
        {
          namespace: namespaceOf(object),
          name: textAt(path, 'backend', 'service', 'name') ?? '',
          port: portOf(
            field(path, 'backend', 'service', 'port', 'number') ??
              field(path, 'backend', 'service', 'port', 'name'),
          ),
        },
      ],
      middlewares: [],
      tls: host === undefined ? listAt(object, 'spec', 'tls').length > 0 : covered.includes(host),
    }));
  });
}

const HOSTS = /Host\(([^)]*)\)/g;

function ofIngressRoute(object: KubeObject): Route[] {
  const namespace = namespaceOf(object);
  return listAt(object, 'spec', 'routes').map((route) => {
    const match = textAt(route, 'match') ?? '';
    const hosts = [...match.matchAll(HOSTS)].flatMap(([, names = '']) =>
      names.split(',').map((name) => name.replace(/[`"'\s]/g, '')),
    );
    return {
      object,
      hosts,
      path: match.replace(HOSTS, '').replace(/\s+/g, ''),
      backends: listAt(route, 'services')
        .filter((service) => (textAt(service, 'kind') ?? 'Service') === 'Service')
        .map((service) => ({
          namespace: textAt(service, 'namespace') ?? namespace,
          name: textAt(service, 'name') ?? '',
          port: portOf(field(service, 'port')),
        })),
      middlewares: listAt(route, 'middlewares').map(
        (middleware) => `${textAt(middleware, 'namespace') ?? namespace}/${textAt(middleware, 'name') ?? ''}`,
      ),
      tls: isRecord(field(object, 'spec', 'tls')),
    };
  });
}

/** Its TLS is the gateway's. */
function ofHttpRoute(object: KubeObject): Route[] {
  const namespace = namespaceOf(object);
  const hosts = listAt(object, 'spec', 'hostnames').map(String);
  return listAt(object, 'spec', 'rules').map((rule) => ({
    object,
    hosts,
    path: JSON.stringify(listAt(rule, 'matches')),
    backends: listAt(rule, 'backendRefs')
      .filter((backend) => (textAt(backend, 'kind') ?? 'Service') === 'Service')
      .map((backend) => ({
        namespace: textAt(backend, 'namespace') ?? namespace,
        name: textAt(backend, 'name') ?? '',
        port: portOf(field(backend, 'port')),
      })),
    middlewares: [],
    tls: true,
  }));
}

function portOf(value: unknown): string | number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}
