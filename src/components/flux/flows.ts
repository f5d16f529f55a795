import type { Flow } from '../contribution.ts';
import { apiFlow, metricsFlow, pods } from '../shared.ts';

export function fluxFlows(namespace: string): Flow[] {
  const all = pods(namespace);
  const app = (name: string) => pods(namespace, { app: name });
  return [
    apiFlow(all, 'The controllers read and apply objects.'),
    {
      name: 'upstream',
      from: all,
      to: { kind: 'internet' },
      ports: [{ port: 443 }, { port: 22 }],
      why: 'Git, chart repositories, registries and notification receivers.',
    },
    {
      name: 'artifacts',
      from: all,
      to: app('source-controller'),
      ports: [{ port: 9090 }],
      why: 'The other controllers fetch what the source-controller has downloaded.',
    },
    {
      name: 'notifications',
      from: all,
      to: app('notification-controller'),
      ports: [{ port: 9090 }],
      why: 'The controllers report events.',
    },
    metricsFlow(all, 8080, 'Reconciliation times and failures are collected.'),
  ];
}
