import { field, listAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';
import { namespaceOf, selects } from '../world.ts';

const POD = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }
`;

export const NET021: ObjectRule = {
  id: 'NET021',
  title: 'pods that may not ask for names',
  severity: 'warning',
  why: 'A policy allows them connections and none to port 53: every name they look up times out, and the logs blame the other side.',
  remedy: 'Allow UDP and TCP 53 to kube-system in one of the policies.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: web }
spec: { podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: 443 }] }] }
${POD}`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: web }
spec: { podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: 443 }, { port: 53, protocol: UDP }] }] }
${POD}`,
  *inspect(world) {
    const egress = world
      .of('NetworkPolicy')
      .filter(
        (policy) =>
          listAt(policy, 'spec', 'policyTypes').includes('Egress') ||
          field(policy, 'spec', 'egress') !== undefined,
      );
    for (const pod of world.pods) {
      if (pod.spec['hostNetwork'] === true || pod.spec['dnsPolicy'] === 'None') continue;
      const own = egress.filter(
        (policy) =>
          namespaceOf(policy) === pod.namespace && selects(field(policy, 'spec', 'podSelector'), pod.labels),
      );
      const rules = own.flatMap((policy) => listAt(policy, 'spec', 'egress'));
      // Without any rule it may talk to nobody: then that is what is meant.
      if (rules.length > 0 && !rules.some(allowsNames))
        yield { object: pod.object, message: 'may connect to others and not to port 53' };
    }
  },
};

function allowsNames(rule: unknown): boolean {
  const ports = listAt(rule, 'ports');
  return (
    ports.length === 0 ||
    ports.some((port) => {
      const [first, last] = [field(port, 'port'), field(port, 'endPort')];
      return (
        first === undefined ||
        first === 53 ||
        first === 'dns' ||
        (typeof first === 'number' && typeof last === 'number' && first <= 53 && last >= 53)
      );
    })
  );
}
