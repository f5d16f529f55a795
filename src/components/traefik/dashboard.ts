import type { Dashboard } from '../contribution.ts';

/** What Traefik exposes and is asked for here (doc.traefik.io, "Metrics"). */
export const TRAEFIK_METRICS = [
  'traefik_entrypoint_requests_total',
  'traefik_entrypoint_request_duration_seconds_bucket',
  'traefik_entrypoint_request_duration_seconds_count',
  'traefik_entrypoint_requests_bytes_total',
  'traefik_entrypoint_responses_bytes_total',
  'traefik_service_requests_total',
  'traefik_service_request_duration_seconds_bucket',
];

export function ingressDashboard(): Dashboard {
  const requests = (by: string, more = '') =>
    `sum by (${by}) (rate(traefik_service_requests_total{${more}}[5m]))`;
  return {
    name: 'ingress',
    title: 'Ingress',
    panels: [
      {
        title: 'Requests',
        kind: 'timeseries',
        unit: 'reqps',
        width: 12,
        queries: [{ expr: requests('service'), legend: '{{service}}' }],
      },
      {
        title: 'Share of server errors',
        kind: 'timeseries',
        unit: 'percentunit',
        warn: 0.01,
        alarm: 0.05,
        width: 12,
        queries: [
          { expr: `${requests('service', 'code=~"5.."')} / ${requests('service')}`, legend: '{{service}}' },
        ],
      },
      {
        title: 'Time to answer, 95 %',
        kind: 'timeseries',
        unit: 's',
        width: 12,
        queries: [
          {
            expr: 'histogram_quantile(0.95, sum by (service, le) (rate(traefik_service_request_duration_seconds_bucket[5m])))',
            legend: '{{service}}',
          },
        ],
      },
      {
        title: 'Bytes in and out',
        kind: 'timeseries',
        unit: 'Bps',
        width: 12,
        queries: [
          { expr: 'sum(rate(traefik_entrypoint_requests_bytes_total[5m]))', legend: 'in' },
          { expr: 'sum(rate(traefik_entrypoint_responses_bytes_total[5m]))', legend: 'out' },
        ],
      },
    ],
  };
}
