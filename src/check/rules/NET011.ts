import type { Path } from '../../model/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const NET011: DefinitionRule = {
  id: 'NET011',
  title: 'one address or domain used twice',
  severity: 'error',
  why: 'Two machines with one address, or two clusters under one name, take turns in being unreachable.',
  remedy: 'Give each its own.',
  bad(definition) {
    for (const cluster of definition.clusters)
      for (const node of cluster.nodes) node.address = '192.168.7.11';
  },
  *find({ homelab }) {
    const used = new Map<string, string>();
    const claims: { value: string; by: string; at: Path }[] = homelab.clusters.flatMap((cluster) => [
      ...cluster.nodes.map((node) => ({ value: node.address, by: `node ${node.name}`, at: node.at })),
      { value: cluster.domain, by: `cluster ${cluster.name}`, at: [...cluster.at, 'domain'] },
    ]);
    for (const { lan, boards } of homelab.sites) {
      claims.push({ value: lan.gateway, by: 'the gateway', at: [] });
      for (const board of boards)
        if (board.kind === 'carrier' && board.bmc !== undefined)
          claims.push({ value: board.bmc, by: `the BMC of ${board.name}`, at: [] });
    }
    // Claims without a place of their own are looked at first, so that the other one is named.
    for (const { value, by, at } of claims.toSorted((a, b) => a.at.length - b.at.length)) {
      const other = used.get(value);
      if (other !== undefined) yield { at, message: `${value} is used by ${other} and by ${by}` };
      else used.set(value, by);
    }
  },
};
