import { flannel } from '../../components/registry.ts';
import { replaceComponent } from '../example.ts';
import type { DefinitionRule } from '../rule.ts';

export const NET008: DefinitionRule = {
  id: 'NET008',
  title: 'NetworkPolicies that nobody enforces',
  severity: 'error',
  why: 'Plain Flannel accepts every NetworkPolicy and enforces none: the default deny that is written protects nothing.',
  remedy: 'Leave `networkPolicies` of flannel() at its default, true.',
  references: [
    'https://www.talos.dev/v1.13/reference/configuration/v1alpha1/config/',
    'https://github.com/kubernetes-sigs/kube-network-policies',
  ],
  bad(definition) {
    replaceComponent(definition, 'flannel', flannel({ networkPolicies: false }));
  },
  *find({ plans }) {
    for (const { cluster, exports, components } of plans) {
      if (exports.cni?.enforcesNetworkPolicies !== false) continue;
      const provider = components.find(({ component }) => component.name === 'flannel');
      yield {
        at: provider?.use.at ?? cluster.at,
        message: `the network of cluster ${cluster.name} does not enforce NetworkPolicies`,
      };
    }
  },
};
