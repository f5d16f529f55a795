import { type KubeObject, listAt, mapAt, objectName, textAt } from '../../kube/index.ts';
import { type IpRange, ipInRange, parseIp, parseRange } from '../../util/index.ts';
import type { ObjectRule } from '../rule.ts';

const ANNOTATIONS = [
  'metallb.io/loadBalancerIPs',
  'metallb.universe.tf/loadBalancerIPs',
  'io.cilium/lb-ipam-ips',
  'lbipam.cilium.io/ips',
];
const POOL = `
---
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: { name: main, namespace: metallb-system }
spec: { addresses: [192.168.1.200-192.168.1.210] }
`;

export const NET018: ObjectRule = {
  id: 'NET018',
  title: 'a load balancer address that cannot be had',
  severity: 'error',
  why: 'An address outside every pool, or one that another Service has, is never given: the Service stays pending.',
  remedy: 'Ask for a free address of a pool, or for none.',
  references: ['https://metallb.io/usage/#requesting-specific-ips'],
  bad: `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: web, annotations: { metallb.io/loadBalancerIPs: 192.168.1.50 } }
spec: { type: LoadBalancer }
${POOL}`,
  good: `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: web, annotations: { metallb.io/loadBalancerIPs: 192.168.1.200 } }
spec: { type: LoadBalancer }
${POOL}`,
  *inspect(world) {
    const pools = world
      .of('IPAddressPool')
      .flatMap((pool) => listAt(pool, 'spec', 'addresses').flatMap(rangeOf));
    const takers = new Map<string, KubeObject>();
    for (const object of world.of('Service')) {
      if (textAt(object, 'spec', 'type') !== 'LoadBalancer') continue;
      const shared = Object.keys(mapAt(object, 'metadata', 'annotations')).some((key) =>
        key.endsWith('allow-shared-ip'),
      );
      for (const address of addressesOf(object)) {
        const ip = parseIp(address);
        const other = takers.get(address);
        if (other !== undefined && !shared)
          yield { object, message: `asks for ${address}, as does ${objectName(other)}` };
        takers.set(address, object);
        if (ip !== undefined && pools.length > 0 && !pools.some((pool) => ipInRange(ip, pool)))
          yield { object, message: `asks for ${address}, which is in no address pool` };
      }
    }
  },
};

function addressesOf(service: KubeObject): string[] {
  const annotations = mapAt(service, 'metadata', 'annotations');
  const asked = [
    textAt(service, 'spec', 'loadBalancerIP'),
    ...ANNOTATIONS.map((name) => textAt(annotations, name)),
  ];
  return asked
    .flatMap((text) => text?.split(',').map((part) => part.trim()) ?? [])
    .filter((text) => text !== '');
}

function rangeOf(text: unknown): IpRange[] {
  const range = typeof text === 'string' ? parseRange(text) : undefined;
  return range === undefined ? [] : [range];
}
