import { defineComponent } from '../contract.ts';
import type { Chart, Contribution } from '../contribution.ts';
import { workloadDown } from '../shared.ts';
import { metallbFlows } from './flows.ts';
import { metallbPool } from './pool.ts';
import { metallbValues } from './values.ts';

export const NAMESPACE = 'metallb-system';
const CHART: Chart = {
  repository: 'https://metallb.github.io/metallb',
  name: 'metallb',
  version: '0.16.1',
};

/**
 * Addresses for Services of type LoadBalancer, from the cluster's pool, announced by ARP.
 * @example metallb()
 */
export const metallb = defineComponent({
  name: 'metallb',
  layer: 'network',
  summary: "Load-balancer addresses from the cluster's pool, announced on the LAN by ARP (Layer 2).",
  options: {},
  requires: ['cni'],
  exports: () => ({
    loadBalancer: { fixedAddress: (address) => ({ 'metallb.io/loadBalancerIPs': address }) },
  }),
  contribute({ cluster }, options): Contribution {
    return {
      namespaces: [
        {
          name: NAMESPACE,
          needs: 'privileged',
          reason: 'the speaker answers ARP on the host network with a raw socket (NET_RAW)',
          enforce: options.podSecurity,
        },
      ],
      releases: [{ name: 'metallb', namespace: NAMESPACE, chart: CHART, values: metallbValues(cluster) }],
      config: metallbPool(cluster.pool, NAMESPACE),
      flows: metallbFlows(NAMESPACE),
      alerts: [
        workloadDown(
          'MetalLBControllerDown',
          'deployment',
          NAMESPACE,
          'metallb-controller',
          'new Services get no address',
        ),
        workloadDown(
          'MetalLBSpeakerDown',
          'daemonset',
          NAMESPACE,
          'metallb-speaker',
          'addresses may not be announced',
        ),
      ],
    };
  },
});
