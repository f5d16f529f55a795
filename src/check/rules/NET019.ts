import { field, mapAt } from '../../kube/index.ts';
import { operatedNamespaces } from '../operated.ts';
import type { ObjectRule } from '../rule.ts';
import { namespaceOf, selects } from '../world.ts';

const POD = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }
`;

export const NET019: ObjectRule = {
  id: 'NET019',
  title: 'a network policy for no pod',
  severity: 'warning',
  why: 'It guards nothing and reads as if it did.',
  remedy: 'Make its podSelector the labels of the pods that it is for.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: web }
spec: { podSelector: { matchLabels: { app: wbe } } }
${POD}`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: web }
spec: { podSelector: { matchLabels: { app: web } } }
${POD}`,
  *inspect(world) {
    const operated = operatedNamespaces(world);
    for (const object of world.of('NetworkPolicy')) {
      if (operated.has(namespaceOf(object))) continue;
      const selector = field(object, 'spec', 'podSelector');
      if (Object.keys(mapAt(selector)).length === 0) continue;
      const pods = world.pods.filter(({ namespace }) => namespace === namespaceOf(object));
      if (pods.length > 0 && !pods.some(({ labels }) => selects(selector, labels)))
        yield { object, message: 'selects no pod of its namespace' };
    }
  },
};
