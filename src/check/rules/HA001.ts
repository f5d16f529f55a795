import type { DefinitionRule } from '../rule.ts';

export const HA001: DefinitionRule = {
  id: 'HA001',
  title: 'even number of control planes',
  severity: 'error',
  why: 'etcd needs a majority: a second or fourth member lets no more of them fail than one fewer, and adds one that can.',
  remedy: 'Use 1, 3 or 5 control planes; the other nodes are workers.',
  references: ['https://etcd.io/docs/v3.6/faq/#why-an-odd-number-of-cluster-members'],
  bad(definition) {
    for (const cluster of definition.clusters)
      for (const node of cluster.nodes.slice(0, 2)) node.roles = ['control-plane', 'worker'];
  },
  *find({ homelab }) {
    for (const { nodes, name, at } of homelab.clusters) {
      const count = nodes.filter((node) => node.controlPlane).length;
      if (count > 0 && count % 2 === 0)
        yield { at: [...at, 'nodes'], message: `cluster ${name} has ${count} control planes` };
    }
  },
};
