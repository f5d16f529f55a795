import type { Dashboard } from '../contribution.ts';

/** What the managers expose and is asked for here (longhorn.io, "Longhorn Metrics for Monitoring"). */
export const LONGHORN_METRICS = [
  'longhorn_volume_robustness',
  'longhorn_volume_capacity_bytes',
  'longhorn_volume_actual_size_bytes',
  'longhorn_volume_read_throughput',
  'longhorn_volume_write_throughput',
  'longhorn_volume_write_latency',
  'longhorn_node_storage_usage_bytes',
  'longhorn_node_storage_capacity_bytes',
  'longhorn_backup_state',
];

export function longhornDashboard(): Dashboard {
  return {
    name: 'storage',
    title: 'Storage',
    panels: [
      {
        title: 'Disks used',
        kind: 'gauge',
        unit: 'percentunit',
        warn: 0.75,
        alarm: 0.85,
        queries: [
          {
            expr: 'longhorn_node_storage_usage_bytes / longhorn_node_storage_capacity_bytes',
            legend: '{{node}}',
          },
        ],
      },
      {
        title: 'Volumes without all replicas',
        kind: 'stat',
        warn: 1,
        alarm: 1,
        queries: [{ expr: 'count(longhorn_volume_robustness > 1) or vector(0)' }],
      },
      {
        title: 'Volumes',
        kind: 'stat',
        queries: [{ expr: 'count(longhorn_volume_capacity_bytes)' }],
      },
      {
        title: 'Size of volumes on disk',
        kind: 'timeseries',
        unit: 'bytes',
        width: 12,
        queries: [
          { expr: 'max by (pvc_namespace, pvc) (longhorn_volume_actual_size_bytes)', legend: '{{pvc}}' },
        ],
      },
      {
        title: 'Written',
        kind: 'timeseries',
        unit: 'Bps',
        width: 12,
        queries: [
          { expr: 'max by (pvc_namespace, pvc) (longhorn_volume_write_throughput)', legend: '{{pvc}}' },
        ],
      },
      {
        title: 'Read',
        kind: 'timeseries',
        unit: 'Bps',
        width: 12,
        queries: [
          { expr: 'max by (pvc_namespace, pvc) (longhorn_volume_read_throughput)', legend: '{{pvc}}' },
        ],
      },
      {
        title: 'Latency of writes',
        kind: 'timeseries',
        unit: 'ns',
        width: 12,
        queries: [{ expr: 'max by (pvc_namespace, pvc) (longhorn_volume_write_latency)', legend: '{{pvc}}' }],
      },
    ],
  };
}
