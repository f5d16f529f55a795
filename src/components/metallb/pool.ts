import type { Pool } from '../../model/index.ts';
import type { ConfigObject } from '../contribution.ts';

/** The pool and its Layer 2 announcement. */
export function metallbPool(pool: Pool, namespace: string): ConfigObject[] {
  return [
    {
      object: {
        apiVersion: 'metallb.io/v1beta1',
        kind: 'IPAddressPool',
        metadata: { name: pool.name, namespace },
        // A pool that ends in .0 or .255 would hand out addresses that some routers refuse.
        spec: { addresses: [pool.text], avoidBuggyIPs: true },
      },
    },
    {
      object: {
        apiVersion: 'metallb.io/v1beta1',
        kind: 'L2Advertisement',
        metadata: { name: pool.name, namespace },
        spec: { ipAddressPools: [pool.name] },
      },
    },
  ];
}
