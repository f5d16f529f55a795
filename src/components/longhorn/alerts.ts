import type { Alert } from '../contribution.ts';
import { workloadDown } from '../shared.ts';

/** Values of `longhorn_volume_robustness` and `longhorn_backup_state`: longhorn.io, "Longhorn Metrics for Monitoring". */
const DEGRADED = 2;
const FAULTED = 3;
const BACKUP_ERROR = 4;

export function longhornAlerts(namespace: string, backups: boolean): Alert[] {
  const look = 'open the Longhorn UI, Volume page; kubectl -n longhorn-system get volumes,replicas';
  return [
    workloadDown(
      'LonghornManagerDown',
      'daemonset',
      namespace,
      'longhorn-manager',
      'volumes there are not attached or rebuilt',
    ),
    {
      name: 'LonghornVolumeDegraded',
      expr: `longhorn_volume_robustness == ${DEGRADED}`,
      for: '30m',
      severity: 'warning',
      summary: 'volume {{ $labels.volume }} has fewer replicas than it should for half an hour',
      runbook: look,
    },
    {
      name: 'LonghornVolumeFaulted',
      expr: `longhorn_volume_robustness == ${FAULTED}`,
      for: '2m',
      severity: 'critical',
      summary: 'volume {{ $labels.volume }} has no replica that can be read',
      runbook: look,
    },
    {
      name: 'LonghornNodeStorageFull',
      expr: '100 * longhorn_node_storage_usage_bytes / longhorn_node_storage_capacity_bytes > 80',
      for: '15m',
      severity: 'warning',
      summary: 'storage of node {{ $labels.node }} is {{ $value | printf "%.0f" }} % full',
      runbook: 'delete old snapshots and backups, or add a disk; the target utilisation is 75 %',
    },
    ...(backups
      ? [
          {
            name: 'LonghornBackupFailed',
            expr: `longhorn_backup_state == ${BACKUP_ERROR}`,
            for: '5m',
            severity: 'critical' as const,
            summary: 'a backup of volume {{ $labels.volume }} failed',
            runbook:
              'kubectl -n longhorn-system get backups,backuptargets; check the target and its credentials',
          },
        ]
      : []),
  ];
}
