import type { Endpoint, Flow } from '../contribution.ts';
import { apiFlow, metricsFlow, pods } from '../shared.ts';

export const UI_PODS: Endpoint = pods('longhorn-system', { app: 'longhorn-ui' });

/** @param target Backup target; without one nothing leaves the homelab. */
export function longhornFlows(namespace: string, target: string | undefined): Flow[] {
  const all = pods(namespace);
  const manager = pods(namespace, { app: 'longhorn-manager' });
  const backup: Flow = {
    name: 'backup',
    from: all,
    to: { kind: 'internet' },
    ports: target?.startsWith('nfs:') === true ? [{ port: 2049 }, { port: 111 }] : [{ port: 443 }],
    why: 'Backups are written to their target.',
  };
  return [
    {
      name: 'replication',
      from: all,
      to: all,
      ports: [],
      why: 'Managers, engines and replicas talk on ports that are given out as volumes are attached.',
    },
    {
      name: 'webhook',
      from: { kind: 'nodes' },
      to: manager,
      ports: [{ port: 9501 }, { port: 9502 }],
      why: 'The API server asks the manager to validate and convert objects.',
    },
    apiFlow(all, 'Managers and CSI sidecars watch volumes and attachments.'),
    metricsFlow(manager, 9500, 'Robustness, capacity and backups of volumes are collected.'),
    ...(target === undefined ? [] : [backup]),
  ];
}
