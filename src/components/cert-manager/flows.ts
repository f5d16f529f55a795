import type { Flow } from '../contribution.ts';
import { pods } from '../shared.ts';

export function certManagerFlows(namespace: string): Flow[] {
  const all = pods(namespace);
  const part = (component: string) => pods(namespace, { 'app.kubernetes.io/component': component });
  return [
    {
      name: 'webhook',
      from: { kind: 'nodes' },
      to: part('webhook'),
      ports: [{ port: 10250 }],
      why: 'The API server asks the webhook to validate certificates and issuers.',
    },
    {
      name: 'kubernetes-api',
      from: all,
      to: { kind: 'kubernetes-api' },
      ports: [],
      why: 'All parts watch certificates and write Secrets.',
    },
    {
      name: 'acme',
      from: part('controller'),
      to: { kind: 'internet' },
      ports: [{ port: 443 }, { port: 53 }, { port: 53, protocol: 'UDP' }],
      why: "Let's Encrypt and the Cloudflare API, and public name servers to see the challenge.",
    },
    {
      name: 'metrics',
      from: { kind: 'metrics' },
      to: all,
      ports: [{ port: 9402 }],
      why: 'Expiry and readiness of certificates are collected.',
    },
  ];
}
