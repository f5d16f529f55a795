import type { Flow } from '../contribution.ts';
import { apiFlow, metricsFlow, pods } from '../shared.ts';

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
    apiFlow(controller, 'The controller watches Services and pools.'),
    metricsFlow(controller, 9120, 'Pool usage and configuration errors are collected.', { scheme: 'https' }),
  ];
}
