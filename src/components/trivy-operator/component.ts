import { z } from 'zod';
import { cron } from '../../model/index.ts';
import { defineComponent } from '../contract.ts';
import type { Chart, Contribution } from '../contribution.ts';
import { TRIVY_METRICS, trivyAlerts } from './alerts.ts';
import { trivyFlows } from './flows.ts';
import { trivyValues } from './values.ts';

export const NAMESPACE = 'trivy-system';
const CHART: Chart = {
  repository: 'https://aquasecurity.github.io/helm-charts',
  name: 'trivy-operator',
  version: '0.34.0',
};

/**
 * Scans what runs: vulnerabilities, configuration, RBAC, exposed secrets, and compliance reports.
 * @example trivyOperator()
 */
export const trivyOperator = defineComponent({
  name: 'trivy-operator',
  layer: 'security',
  summary: 'Continuous scans of images, configuration and RBAC; CIS and NSA reports daily at 01:00.',
  options: {
    /** When compliance reports are made, as cron. Default daily at 01:00. */
    complianceCron: cron.default('0 1 * * *'),
    /** Scans at the same time. Default 1: a scan unpacks a whole image, which an ARM board notices. */
    concurrentScans: z.number().int().min(1).max(10).default(1),
  },
  requires: ['cni'],
  contribute(context, options): Contribution {
    // The node collector reads kubelet and control plane files of the host; Talos has none of them.
    const collectsNodes = context.cluster.os.kind !== 'talos';
    return {
      namespaces: [
        collectsNodes
          ? {
              name: NAMESPACE,
              needs: 'privileged',
              reason:
                'the node collector reads kubelet and control-plane files of the host for the CIS benchmark',
              enforce: options.podSecurity,
            }
          : { name: NAMESPACE, needs: 'restricted', enforce: options.podSecurity },
      ],
      releases: [
        {
          name: 'trivy-operator',
          namespace: NAMESPACE,
          chart: CHART,
          values: trivyValues(context, { ...options, collectsNodes }),
        },
      ],
      flows: trivyFlows(NAMESPACE),
      alerts: trivyAlerts(NAMESPACE),
      metrics: TRIVY_METRICS,
    };
  },
});
