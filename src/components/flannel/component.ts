import { z } from 'zod';
import { defineComponent } from '../contract.ts';
import type { Chart, Contribution } from '../contribution.ts';
import { flannelAlerts } from './alerts.ts';
import { flannelPatches, flannelValues } from './values.ts';

export const NAMESPACE = 'kube-flannel';
const CHART: Chart = {
  repository: 'https://flannel-io.github.io/flannel',
  name: 'flannel',
  version: 'v0.28.9',
};

/**
 * The pod network. Talos brings Flannel itself, so there it is a line of the machine configuration;
 * on kubeadm it is the chart. NetworkPolicies are enforced on both, by kube-network-policies.
 * @example flannel()
 */
export const flannel = defineComponent({
  name: 'flannel',
  layer: 'network',
  summary: 'Pod network (VXLAN) that enforces NetworkPolicies.',
  options: {
    /** Whether NetworkPolicies are enforced. Default true; without it every policy is accepted and ignored. */
    networkPolicies: z.boolean().default(true),
  },
  exports: (_cluster, options) => ({ cni: { enforcesNetworkPolicies: options.networkPolicies } }),
  contribute({ cluster }, options): Contribution {
    if (cluster.os.kind === 'talos') {
      return {
        namespaces: [],
        releases: [],
        alerts: flannelAlerts('kube-system', 'kube-flannel'),
        hosts: {
          talos: {
            cluster: {
              network: {
                cni: {
                  name: 'flannel',
                  flannel: { kubeNetworkPoliciesEnabled: options.networkPolicies },
                },
              },
            },
          },
        },
      };
    }
    return {
      namespaces: [
        {
          name: NAMESPACE,
          needs: 'privileged',
          reason: 'flanneld and kube-network-policies configure interfaces and firewall rules of the host',
          enforce: options.podSecurity,
        },
      ],
      releases: [
        {
          name: 'flannel',
          namespace: NAMESPACE,
          chart: CHART,
          values: flannelValues(cluster.pods.text, options.networkPolicies),
          patches: flannelPatches(options.networkPolicies),
        },
      ],
      alerts: flannelAlerts(NAMESPACE, 'kube-flannel-ds'),
    };
  },
});
