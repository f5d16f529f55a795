import { PUBLIC } from '../components/index.ts';
import type { KubeObject } from '../kube/index.ts';
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

/** Hosts that a route of the ingress is for, as its rules name them; none of other kinds. */
export function routeHosts(object: KubeObject): string[] {
  if (object.kind !== 'IngressRoute') return [];
  return [...JSON.stringify(object).matchAll(/Host\(`([^`]+)`\)/g)].map(([, host = '']) => host);
}
