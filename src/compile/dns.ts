import { type Contribution, ownObjects, PUBLIC } from '../components/index.ts';
import { type KubeObject, listAt, textAt } from '../kube/index.ts';
import type { ClusterPlan } from './plan.ts';

/** A DNS record that is wanted. */
export interface DnsRecord {
  readonly name: string;
  readonly type: 'A' | 'CNAME';
  readonly value: string;
  /** Whether it is for the LAN's own name server, or for everybody. */
  readonly where: 'LAN' | 'public';
}

/** The records of a cluster: a wildcard in the LAN, and an alias for each name that is meant to be public. */
export function dnsRecords({ cluster, components, exports }: ClusterPlan): DnsRecord[] {
  const { ingress } = exports;
  if (ingress === undefined) return [];
  const wildcard = { name: `*.${cluster.domain}`, type: 'A', value: ingress.address, where: 'LAN' } as const;
  const open = components.flatMap(({ contribution }) =>
    (contribution.config ?? []).flatMap(({ object }): DnsRecord[] => {
      const value = object.metadata.annotations?.[PUBLIC.target];
      if (value === undefined) return [];
      return routeHosts(object).map((name) => ({ name, type: 'CNAME', value, where: 'public' }));
    }),
  );
  return [wildcard, ...open];
}

/** A name that leads to something, and how. */
export interface ContributedRoute {
  readonly host: string;
  /** `namespace/name` */
  readonly service: string;
  /** Whether a login is put in front of it. */
  readonly login: boolean;
  /** Whether it is reached from outside too. */
  readonly public: boolean;
}

/** The names that a contribution makes lead to it. */
export function contributedRoutes(contribution: Contribution): ContributedRoute[] {
  return ownObjects(contribution).flatMap((object) => {
    const [route] = listAt(object, 'spec', 'routes');
    const { namespace = '', name, annotations } = object.metadata;
    return routeHosts(object).map((host) => ({
      host,
      service: `${namespace}/${textAt(route, 'services', 0, 'name') ?? name}`,
      login: listAt(route, 'middlewares').length > 0,
      public: annotations?.[PUBLIC.target] !== undefined,
    }));
  });
}

/** Hosts that a route of the ingress is for, as its rules name them; none of other kinds. */
export function routeHosts(object: KubeObject): string[] {
  if (object.kind !== 'IngressRoute') return [];
  return [...JSON.stringify(object).matchAll(/Host\(`([^`]+)`\)/g)].map(([, host = '']) => host);
}
