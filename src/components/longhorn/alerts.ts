import type { Alert } from '../contribution.ts';
import { workloadDown } from '../shared.ts';

/** Values of `longhorn_volume_robustness` and `longhorn_backup_state`: longhorn.io, "Longhorn Metrics for Monitoring". */
const HEALTHY = 1;
const DEGRADED = 2;
const FAULTED = 3;
const BACKUP_COMPLETED = 3;
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
      fires: { 'longhorn_volume_robustness{volume="photos"}': `${DEGRADED}x60` },
      quiet: { 'longhorn_volume_robustness{volume="photos"}': `${HEALTHY}x60` },
      for: '30m',
      severity: 'warning',
      summary: 'volume {{ $labels.volume }} has fewer replicas than it should for half an hour',
      runbook: look,
    },
    {
      name: 'LonghornVolumeFaulted',
      expr: `longhorn_volume_robustness == ${FAULTED}`,
      fires: { 'longhorn_volume_robustness{volume="photos"}': `${FAULTED}x30` },
      quiet: { 'longhorn_volume_robustness{volume="photos"}': `${DEGRADED}x30` },
      for: '2m',
      severity: 'critical',
      summary: 'volume {{ $labels.volume }} has no replica that can be read',
      runbook: look,
    },
    {
      name: 'LonghornNodeStorageFull',
      expr: '100 * longhorn_node_storage_usage_bytes / longhorn_node_storage_capacity_bytes > 80',
      fires: {
        'longhorn_node_storage_usage_bytes{node="a"}': '81x30',
        'longhorn_node_storage_capacity_bytes{node="a"}': '100x30',
      },
      quiet: {
        'longhorn_node_storage_usage_bytes{node="a"}': '75x30',
        'longhorn_node_storage_capacity_bytes{node="a"}': '100x30',
      },
      for: '15m',
      severity: 'warning',
      summary: 'storage of node {{ $labels.node }} is {{ $value | printf "%.0f" }} % full',
      runbook: 'delete old snapshots and backups, or add a disk; the target utilisation is 75 %',
    },
    ...(backups ? backupAlerts(namespace) : []),
  ];
}

function backupAlerts(namespace: string): Alert[] {
  const runbook =
    'kubectl -n longhorn-system get backups,backuptargets; check the target and its credentials';
  // Longhorn runs each of its recurring jobs as a CronJob of the same name.
  const lastBackup = `kube_cronjob_status_last_successful_time{namespace="${namespace}",cronjob="backup"}`;
  return [
    {
      name: 'LonghornBackupFailed',
      expr: `longhorn_backup_state == ${BACKUP_ERROR}`,
      fires: { 'longhorn_backup_state{volume="photos"}': `${BACKUP_ERROR}x30` },
      quiet: { 'longhorn_backup_state{volume="photos"}': `${BACKUP_COMPLETED}x30` },
      for: '5m',
      severity: 'critical',
      summary: 'a backup of volume {{ $labels.volume }} failed',
      runbook,
    },
    {
      name: 'LonghornBackupTooOld',
      expr: `time() - ${lastBackup} > 2 * 86400`,
      // The clock of a test starts at 0.
      fires: { [lastBackup]: '0x3000' },
      quiet: { [lastBackup]: '0+60x3000' },
      after: '49h',
      for: '15m',
      severity: 'critical',
      summary: 'the last backup of the volumes is {{ $value | humanizeDuration }} old',
      runbook,
    },
  ];
}
