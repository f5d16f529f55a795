import { rangesOverlap } from '../../util/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const NET006: DefinitionRule = {
  id: 'NET006',
  title: 'pod, service and LAN networks overlap',
  severity: 'error',
  why: 'Pods cannot tell a pod from a service or a machine of the LAN: some of them are unreachable for ever.',
  remedy: 'Choose networks that do not touch, such as 10.42.0.0/16 for pods and 10.43.0.0/16 for services.',
  bad(definition) {
    for (const cluster of definition.clusters) cluster.network.services = '10.42.128.0/17';
  },
  *find({ homelab }) {
    for (const { at, name, pods, services, site } of homelab.clusters) {
      const { subnet } = site.lan;
      const pairs = [
        [pods, services, 'pods', `pod network ${pods.text} overlaps service network ${services.text}`],
        [pods, subnet, 'pods', `pod network ${pods.text} overlaps the LAN ${subnet.text}`],
        [services, subnet, 'services', `service network ${services.text} overlaps the LAN ${subnet.text}`],
      ] as const;
      for (const [a, b, key, message] of pairs)
        if (rangesOverlap(a, b))
          yield { at: [...at, 'network', key], message: `cluster ${name}: ${message}` };
    }
  },
};
