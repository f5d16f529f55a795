import type { Endpoint, Flow } from '../contribution.ts';
import { apiFlow, pods } from '../shared.ts';

export const DASHBOARD_PODS: Endpoint = pods('polaris', { component: 'dashboard' });

export function polarisFlows(namespace: string, admission: boolean): Flow[] {
  const webhook: Flow = {
    name: 'webhook',
    from: { kind: 'nodes' },
    to: pods(namespace, { component: 'webhook' }),
    ports: [{ port: 9876 }],
    why: 'The API server asks the webhook to validate workloads.',
  };
  return [apiFlow(pods(namespace), 'Workloads are read to be audited.'), ...(admission ? [webhook] : [])];
}
