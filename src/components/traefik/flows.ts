import type { Endpoint, Flow } from '../contribution.ts';
import { pods } from '../shared.ts';

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
    {
      name: 'kubernetes-api',
      from: TRAEFIK_PODS,
      to: { kind: 'kubernetes-api' },
      ports: [],
      why: 'Routes, middlewares and certificates are watched.',
    },
    {
      name: 'metrics',
      from: { kind: 'metrics' },
      to: TRAEFIK_PODS,
      ports: [{ port: 9100 }],
      why: 'Request rates, errors and latencies are collected.',
    },
  ];
}
