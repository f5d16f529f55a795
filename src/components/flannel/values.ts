import type { Patch } from '../contribution.ts';
import { resources } from '../shared.ts';

const FLANNELD = resources({ cpu: '50m', memory: '50Mi' }, { cpu: '200m', memory: '128Mi' });
const SETUP = resources({ cpu: '10m', memory: '16Mi' }, { cpu: '100m', memory: '64Mi' });
const POLICIES = resources({ cpu: '50m', memory: '50Mi' }, { cpu: '500m', memory: '256Mi' });

export function flannelValues(podCidr: string, networkPolicies: boolean): Record<string, unknown> {
  return { podCidr, flannel: { resources: FLANNELD }, netpol: { enabled: networkPolicies } };
}

/** The chart has no values for the resources of its init containers and of kube-network-policies. */
export function flannelPatches(networkPolicies: boolean): Patch[] {
  const containers = networkPolicies ? [{ name: 'kube-network-policies', resources: POLICIES }] : [];
  return [
    {
      target: { kind: 'DaemonSet', name: 'kube-flannel-ds' },
      patch: {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'kube-flannel-ds' },
        spec: {
          template: {
            spec: {
              initContainers: [
                { name: 'install-cni-plugin', resources: SETUP },
                { name: 'install-cni', resources: SETUP },
              ],
              containers,
            },
          },
        },
      },
    },
  ];
}
