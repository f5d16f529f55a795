import type { Endpoint, Flow } from '../contribution.ts';
import { apiFlow, metricsFlow, pods } from '../shared.ts';

/** Traefik's pods, as others name them in their own flows. */
export const TRAEFIK_PODS: Endpoint = pods('traefik', { 'app.kubernetes.io/name': 'traefik' });

export function traefikFlows(): Flow[] {
  return [
    {
      name: 'clients',
      from: { kind: 'clients' },
      to: TRAEFIK_PODS,
      ports: [{ port: 8000 }, { port: 8443 }],
      why: 'HTTP is redirected to HTTPS; HTTPS is served.',
    },
    apiFlow(TRAEFIK_PODS, 'Routes, middlewares and certificates are watched.'),
    metricsFlow(TRAEFIK_PODS, 9100, 'Request rates, errors and latencies are collected.'),
  ];
}
