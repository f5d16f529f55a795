import type { ClusterPlan } from './plan.ts';

/** A DNS record that is wanted. */
export interface DnsRecord {
  readonly name: string;
  readonly type: 'A' | 'CNAME';
  readonly value: string;
  /** Whether it is for the LAN's own name server, or for everybody. */
  readonly where: 'LAN' | 'public';
}

interface Route {
  readonly routes: readonly { readonly match: string }[];
}

const TARGET = 'external-dns.alpha.kubernetes.io/target';

/** The records of a cluster: a wildcard in the LAN, and an alias for each name that is meant to be public. */
export function dnsRecords({ cluster, components, exports }: ClusterPlan): DnsRecord[] {
  const { ingress } = exports;
  if (ingress === undefined) return [];
  const wildcard = { name: `*.${cluster.domain}`, type: 'A', value: ingress.address, where: 'LAN' } as const;
  const open = components.flatMap(({ contribution }) =>
    (contribution.config ?? []).flatMap(({ object }): DnsRecord[] => {
      const value = object.metadata.annotations?.[TARGET];
      if (object.kind !== 'IngressRoute' || value === undefined) return [];
      const hosts = (object['spec'] as Route).routes.flatMap(
        ({ match }) => /`([^`]+)`/.exec(match)?.[1] ?? [],
      );
      return hosts.map((name) => ({ name, type: 'CNAME', value, where: 'public' }));
    }),
  );
  return [wildcard, ...open];
}
