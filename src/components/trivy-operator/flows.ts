import type { Flow } from '../contribution.ts';
import { apiFlow, metricsFlow, pods } from '../shared.ts';

export function trivyFlows(namespace: string): Flow[] {
  const all = pods(namespace);
  return [
    apiFlow(all, 'The operator watches workloads and writes reports.'),
    {
      name: 'databases',
      from: all,
      to: { kind: 'internet' },
      ports: [{ port: 443 }],
      why: 'Vulnerability databases and the images that are scanned come from registries.',
    },
    metricsFlow(
      pods(namespace, { 'app.kubernetes.io/name': 'trivy-operator' }),
      8080,
      'Counts of findings are collected.',
    ),
  ];
}
