import type { Flow } from '../contribution.ts';
import { apiFlow, metricsFlow, pods } from '../shared.ts';

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
    apiFlow(all, 'All parts watch certificates and write Secrets.'),
    {
      name: 'acme',
      from: part('controller'),
      to: { kind: 'internet' },
      ports: [{ port: 443 }, { port: 53 }, { port: 53, protocol: 'UDP' }],
      why: "Let's Encrypt and the Cloudflare API, and public name servers to see the challenge.",
    },
    metricsFlow(all, 9402, 'Expiry and readiness of certificates are collected.'),
  ];
}
