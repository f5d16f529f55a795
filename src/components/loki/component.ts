import { z } from 'zod';
import { defineComponent } from '../contract.ts';
import type { Contribution } from '../contribution.ts';
import { apiFlow, counter, metricsFlow, pods, workloadDown } from '../shared.ts';
import { collectorObjects } from './collector.ts';
import { COLLECTOR_LABELS, LOKI_LABELS, NAMESPACE, PORT } from './names.ts';
import { serverObjects } from './server.ts';

const SERVER_PODS = pods(NAMESPACE, LOKI_LABELS);

/**
 * Logs of all pods, kept for a while and searched in Grafana.
 * @example loki({ retentionDays: 7 })
 */
export const loki = defineComponent({
  name: 'loki',
  layer: 'monitoring',
  summary: 'Logs of all pods, kept for a while, searched in Grafana.',
  options: {
    /** Days that logs are kept. Default 14. */
    retentionDays: z.number().int().min(1).default(14),
    /** Size of the volume in GiB. Default 20. */
    volumeGiB: z.number().int().min(5).default(20),
    /** Megabytes a second that are taken in at most; what is more is refused. Default 4. */
    ingestionMBps: z.number().positive().default(4),
  },
  requires: ['cni', 'storage'],
  exports: () => ({
    logs: { url: `http://loki.${NAMESPACE}.svc:${PORT}`, endpoint: SERVER_PODS, port: PORT },
  }),
  contribute(context, options): Contribution {
    const collector = pods(NAMESPACE, COLLECTOR_LABELS);
    const discarded = 'loki_discarded_samples_total{reason="rate_limited"}';
    return {
      namespaces: [{ name: NAMESPACE, needs: 'restricted', enforce: options.podSecurity }],
      releases: [],
      objects: [
        ...serverObjects({ ...options, className: context.need('storage').className('standard') }),
        ...collectorObjects(context.cluster.name),
      ],
      flows: [
        apiFlow(collector, 'Pods are found, and their logs read, by the API server.'),
        {
          name: 'push',
          from: collector,
          to: SERVER_PODS,
          ports: [{ port: PORT }],
          why: 'Logs are written to the store.',
        },
        metricsFlow(SERVER_PODS, PORT, 'Lines taken in and refused are counted.'),
      ],
      alerts: [
        workloadDown('LokiDown', 'statefulset', NAMESPACE, 'loki', 'logs are neither kept nor found'),
        workloadDown('LogCollectorDown', 'deployment', NAMESPACE, 'alloy', 'logs are not collected'),
        {
          name: 'LogsRefused',
          expr: 'sum(rate(loki_discarded_samples_total[15m])) > 0',
          fires: { [discarded]: counter(1, 60) },
          quiet: { [discarded]: '5x60' },
          for: '15m',
          severity: 'warning',
          summary: 'logs are refused because more is written than the limits allow',
          runbook:
            'In Grafana: topk(5, sum by (namespace) (bytes_rate({namespace=~".+"}[5m]))); quieten that app',
        },
      ],
      metrics: ['loki_discarded_samples_total'],
    };
  },
});
