import { unique } from '../../util/index.ts';
import type { ObjectRule } from '../rule.ts';
import { namespaceOf } from '../world.ts';

export const SEC012: ObjectRule = {
  id: 'SEC012',
  title: 'a namespace without a network policy',
  severity: 'info',
  why: 'Without one, every pod of the cluster can talk to these, and these to everything.',
  remedy: 'Add a policy that denies by default, and one for each flow that is wanted.',
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-ingress-traffic',
  ],
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { spec: { containers: [{ name: web }] } } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { spec: { containers: [{ name: web }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: web }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`,
  *inspect(world) {
    if (!world.whole) return;
    const policies = world.of('NetworkPolicy', 'CiliumNetworkPolicy');
    const guarded = new Set(policies.map(namespaceOf));
    if (world.of('CiliumClusterwideNetworkPolicy', 'AdminNetworkPolicy').length > 0) return;
    const bare = world.pods.filter(
      ({ namespace, spec }) => !guarded.has(namespace) && spec['hostNetwork'] !== true,
    );
    for (const namespace of unique(bare.map((pod) => pod.namespace))) {
      const pods = bare.filter((pod) => pod.namespace === namespace);
      const [first] = pods;
      if (first !== undefined)
        yield {
          object: first.object,
          message: `is in namespace ${namespace}, which has no network policy for any of its ${pods.length} workloads`,
        };
    }
  },
};
