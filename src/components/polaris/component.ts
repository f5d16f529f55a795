import { defineComponent } from '../contract.ts';
import type { Chart, Contribution } from '../contribution.ts';
import { workloadDown } from '../shared.ts';
import { DASHBOARD_PODS, polarisFlows } from './flows.ts';
import { polarisPatches, polarisValues } from './values.ts';

export const NAMESPACE = 'polaris';
const CHART: Chart = { repository: 'https://charts.fairwinds.com/stable', name: 'polaris', version: '6.0.0' };

/**
 * Validates workloads against best practices: a dashboard, and in production at admission.
 * @example polaris()
 */
export const polaris = defineComponent({
  name: 'polaris',
  layer: 'security',
  summary: 'Best-practice validation of workloads: dashboard, and admission in production.',
  options: {},
  requires: ['cni', 'certificateIssuer'],
  configures: ['ingress'],
  contribute(context, options): Contribution {
    const admission = context.cluster.environment === 'production';
    const route = context.find('ingress')?.route({
      name: 'polaris',
      namespace: NAMESPACE,
      service: 'polaris-dashboard',
      port: 80,
      pods: DASHBOARD_PODS,
      podPort: 8080,
    });
    return {
      namespaces: [{ name: NAMESPACE, needs: 'restricted', enforce: options.podSecurity }],
      releases: [
        {
          name: 'polaris',
          namespace: NAMESPACE,
          chart: CHART,
          values: polarisValues(context, admission),
          patches: polarisPatches(admission),
        },
      ],
      config: (route?.objects ?? []).map((object) => ({ object })),
      flows: [...polarisFlows(NAMESPACE, admission), ...(route?.flows ?? [])],
      secrets: [...(route?.secrets ?? [])],
      alerts: [
        workloadDown(
          'PolarisDashboardDown',
          'deployment',
          NAMESPACE,
          'polaris-dashboard',
          'workloads are not audited',
        ),
        ...(admission
          ? [
              workloadDown(
                'PolarisWebhookDown',
                'deployment',
                NAMESPACE,
                'polaris-webhook',
                'workloads are admitted unchecked',
              ),
            ]
          : []),
      ],
    };
  },
});
