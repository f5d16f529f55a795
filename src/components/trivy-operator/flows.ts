import type { Flow } from '../contribution.ts';
import { pods } from '../shared.ts';

export function trivyFlows(namespace: string): Flow[] {
  const all = pods(namespace);
  return [
    {
      name: 'kubernetes-api',
      from: all,
      to: { kind: 'kubernetes-api' },
      ports: [],
      why: 'The operator watches workloads and writes reports.',
    },
    {
      name: 'databases',
      from: all,
      to: { kind: 'internet' },
      ports: [{ port: 443 }],
      why: 'Vulnerability databases and the images that are scanned come from registries.',
    },
    {
      name: 'metrics',
      from: { kind: 'metrics' },
      to: pods(namespace, { 'app.kubernetes.io/name': 'trivy-operator' }),
      ports: [{ port: 8080 }],
      why: 'Counts of findings are collected.',
    },
  ];
}
