import type { Flow } from '../contribution.ts';
import { pods } from '../shared.ts';

export function metallbFlows(namespace: string): Flow[] {
  const controller = pods(namespace, {
    'app.kubernetes.io/name': 'metallb',
    'app.kubernetes.io/component': 'controller',
  });
  return [
    {
      name: 'webhook',
      from: { kind: 'nodes' },
      to: controller,
      ports: [{ port: 9443 }],
      why: 'The API server asks the controller to validate pools.',
    },
    {
      name: 'kubernetes-api',
      from: controller,
      to: { kind: 'kubernetes-api' },
      ports: [],
      why: 'The controller watches Services and pools.',
    },
    {
      name: 'metrics',
      from: { kind: 'metrics' },
      to: controller,
      ports: [{ port: 9120 }],
      why: 'Pool usage and configuration errors are collected.',
    },
  ];
}
