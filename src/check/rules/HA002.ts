import type { DefinitionRule } from '../rule.ts';

export const HA002: DefinitionRule = {
  id: 'HA002',
  title: 'control-plane address that does not fit the control planes',
  severity: 'error',
  why: 'Kubeconfigs, kubelets and certificates carry this address: it must lead to a control plane, and with several of them not die with one.',
  remedy:
    'With one control plane write its own address; with several a free address of the LAN, shared as a virtual IP.',
  references: ['https://www.talos.dev/v1.13/talos-guides/network/vip/'],
  bad(definition) {
    for (const cluster of definition.clusters) cluster.controlPlaneAddress = '192.168.7.200';
  },
  *find({ homelab }) {
    for (const { nodes, name, controlPlaneAddress: address, at } of homelab.clusters) {
      const planes = nodes.filter((node) => node.controlPlane);
      const where = [...at, 'controlPlaneAddress'];
      const owner = nodes.find((node) => node.address === address);
      const [only] = planes;
      if (planes.length === 1 && only !== undefined && only.address !== address) {
        yield {
          at: where,
          message: `cluster ${name} is reached at ${address}, its one control plane ${only.name} is at ${only.address}`,
          remedy: `Write "${only.address}".`,
        };
      }
      if (planes.length > 1 && owner !== undefined)
        yield {
          at: where,
          message: `cluster ${name} has ${planes.length} control planes and is reached at ${address}, the address of ${owner.name} alone`,
          remedy: 'Write a free address of the LAN; the control planes share it as a virtual IP.',
        };
    }
  },
};
