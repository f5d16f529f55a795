import type { Dashboard } from '../contribution.ts';

/**
 * What the operator and the controllers expose and is asked for here (fluxoperator.dev, "Flux Monitoring and
 * Reporting"; fluxcd.io, "Flux Prometheus metrics").
 */
export const FLUX_METRICS = [
  'flux_resource_info',
  'gotk_reconcile_duration_seconds_bucket',
  'controller_runtime_reconcile_errors_total',
];

export function fluxDashboard(): Dashboard {
  return {
    name: 'flux',
    title: 'Flux',
    panels: [
      {
        title: 'Not ready',
        kind: 'stat',
        warn: 1,
        alarm: 1,
        queries: [{ expr: 'count(flux_resource_info{ready="False",suspended!="True"}) or vector(0)' }],
      },
      {
        title: 'Suspended',
        kind: 'stat',
        warn: 1,
        queries: [{ expr: 'count(flux_resource_info{suspended="True"}) or vector(0)' }],
      },
      { title: 'Objects', kind: 'stat', queries: [{ expr: 'count(flux_resource_info)' }] },
      {
        title: 'What is not ready',
        kind: 'table',
        width: 24,
        queries: [
          { expr: 'max by (kind, exported_namespace, name, reason) (flux_resource_info{ready="False"})' },
        ],
      },
      {
        title: 'Time to reconcile, 95 %',
        kind: 'timeseries',
        unit: 's',
        width: 12,
        queries: [
          {
            expr: 'histogram_quantile(0.95, sum by (kind, le) (rate(gotk_reconcile_duration_seconds_bucket[10m])))',
            legend: '{{kind}}',
          },
        ],
      },
      {
        title: 'Errors of the controllers',
        kind: 'timeseries',
        unit: 'ops',
        width: 12,
        queries: [
          {
            expr: 'sum by (controller) (rate(controller_runtime_reconcile_errors_total{namespace="flux-system"}[10m]))',
            legend: '{{controller}}',
          },
        ],
      },
    ],
  };
}
