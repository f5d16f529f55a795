import type { Cluster, Node } from '../../model/index.ts';
import { toYaml } from '../yaml.ts';

/** Network configuration for cloud-init (version 2, netplan's): the address of the definition, no DHCP. */
export function networkConfig({ site }: Cluster, node: Node): string {
  const { lan } = site;
  return toYaml({
    version: 2,
    ethernets: {
      lan: {
        match: { name: 'e*' },
        dhcp4: false,
        addresses: [`${node.address}/${lan.subnet.prefix}`],
        routes: [{ to: 'default', via: lan.gateway }],
        nameservers: { addresses: [...lan.nameservers] },
      },
    },
  });
}
