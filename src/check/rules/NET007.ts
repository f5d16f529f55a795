import { ipInRange, parseIp } from '../../util/index.ts';
import type { DefinitionRule, Problem } from '../rule.ts';

export const NET007: DefinitionRule = {
  id: 'NET007',
  title: 'an address that cannot be used on its LAN',
  severity: 'error',
  why: 'The machine boots and cannot be reached, or pushes the router or a DHCP client off the LAN.',
  remedy: 'Use an address of lan.subnet that is neither the gateway nor reserved.',
  bad(definition) {
    for (const site of definition.sites) site.lan.reserved = [{ range: '192.168.7.11', for: 'a printer' }];
  },
  *find({ homelab }) {
    for (const { lan, at, name } of homelab.sites) {
      if (!ipInRange(parseIp(lan.gateway) ?? -1, lan.subnet))
        yield {
          at: [...at, 'lan', 'gateway'],
          message: `site ${name}: gateway ${lan.gateway} is not in ${lan.subnet.text}`,
        };
    }
    for (const cluster of homelab.clusters) {
      const { lan } = cluster.site;
      const named = [
        ...cluster.nodes.map((node) => ({ what: `node ${node.name}`, address: node.address, at: node.at })),
        {
          what: `control plane of ${cluster.name}`,
          address: cluster.controlPlaneAddress,
          at: [...cluster.at, 'controlPlaneAddress'],
        },
      ];
      for (const { what, address, at } of named) {
        const why = unusable(address, lan);
        if (why !== undefined) yield { at, message: `${what}: ${address} ${why}` } satisfies Problem;
      }
    }
  },
};

type Lan = Parameters<DefinitionRule['find']>[0]['homelab']['sites'][number]['lan'];

function unusable(text: string, lan: Lan): string | undefined {
  const address = parseIp(text) ?? -1;
  if (!ipInRange(address, lan.subnet)) return `is not in the LAN ${lan.subnet.text}`;
  if (text === lan.gateway) return 'is the gateway';
  if (address === lan.subnet.first) return 'is the network address';
  if (address === lan.subnet.last) return 'is the broadcast address';
  const reserved = lan.reserved.find(({ range }) => ipInRange(address, range));
  return reserved && `is reserved for ${reserved.for} (${reserved.text})`;
}
