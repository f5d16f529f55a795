import { z } from 'zod';
import { type Context, defineComponent } from '../contract.ts';
import type { Chart, Contribution, SecretNeed } from '../contribution.ts';
import { alertmanagerConfig, NOTIFICATION_OPTIONS, notificationSecrets } from './alertmanager.ts';
import { monitoringAlerts } from './alerts.ts';
import { burnRateAlerts, errorRatios } from './burn-rate.ts';
import { clusterDashboards } from './dashboards.ts';
import { monitoringFlows, monitoringRoutes, PROMETHEUS_PODS } from './flows.ts';
import { dashboardConfigMap, grafanaDashboard } from './grafana.ts';
import { hardwareAlerts } from './hardware.ts';
import { EXPORTER_METRICS } from './metrics.ts';
import { monitors } from './monitors.ts';
import { EXPORTER_NAMESPACE, NAMESPACE, RELEASE } from './names.ts';
import { apiObjective } from './objectives.ts';
import { prometheusRule, type RuleGroup, ruleFile, ruleTests } from './rules.ts';
import { stackValues } from './values.ts';

const CHART: Chart = {
  repository: 'https://prometheus-community.github.io/helm-charts',
  name: 'kube-prometheus-stack',
  version: '88.5.3',
};

const ADMIN: SecretNeed = {
  namespace: NAMESPACE,
  name: 'grafana-admin',
  keys: { 'admin-user': { fixed: 'admin' }, 'admin-password': 'password' },
  why: 'Login of Grafana.',
};

/**
 * Prometheus, Alertmanager and Grafana, and everything they need to know of the cluster's other components.
 * @example kubePrometheusStack({ notify: { discord: true } })
 */
export const kubePrometheusStack = defineComponent({
  name: 'kube-prometheus-stack',
  layer: 'monitoring',
  summary: 'Prometheus, Alertmanager and Grafana, with targets, alerts and dashboards of every component.',
  options: {
    /** Days that metrics are kept; the size of the volume bounds it too. Default 30. */
    retentionDays: z.number().int().min(1).default(30),
    /** Size of each Prometheus' volume in GiB. Default 50, or 20 where a node has 8 GiB of memory or less. */
    volumeGiB: z.number().int().min(5).optional(),
    ...NOTIFICATION_OPTIONS,
  },
  requires: ['cni', 'certificateIssuer', 'storage'],
  configures: ['ingress'],
  exports: () => ({
    metrics: {
      endpoint: PROMETHEUS_PODS,
      prometheus: { namespace: NAMESPACE, service: `${RELEASE}-prometheus`, port: 9090 },
      alertmanager: { namespace: NAMESPACE, service: `${RELEASE}-alertmanager`, port: 9093 },
    },
  }),
  contribute(context, options): Contribution {
    const { cluster } = context;
    const others = context.others().map(({ contribution }) => contribution);
    const own = [...monitoringAlerts(NAMESPACE, EXPORTER_NAMESPACE), ...hardwareAlerts(cluster.nodes)];
    const objectives = [...others.flatMap((other) => other.objectives ?? []), apiObjective()];
    const groups = ruleGroups(context, own, objectives);
    const dashboards = [
      ...others.flatMap((other) => other.dashboards ?? []),
      ...clusterDashboards(cluster, objectives),
    ];
    const targets = others.flatMap(({ flows }) => flows ?? []);
    const alertmanager = alertmanagerConfig(options);
    const routes = monitoringRoutes(context.find('ingress'));
    const receivers = notificationSecrets(NAMESPACE, options);
    return {
      namespaces: [
        { name: NAMESPACE, needs: 'restricted', enforce: options.podSecurity },
        {
          name: EXPORTER_NAMESPACE,
          needs: 'privileged',
          reason:
            'the node exporter reads sensors, disks and network of the host, and listens on its address',
        },
      ],
      releases: [
        {
          name: RELEASE,
          namespace: NAMESPACE,
          chart: CHART,
          values: stackValues(context, {
            ...options,
            alertmanager,
            alertmanagerSecrets: receivers.map(({ name }) => name),
            adminSecret: ADMIN.name,
          }),
        },
      ],
      config: [
        ...monitors(NAMESPACE, targets, cluster.policy.scrapeInterval),
        ...groups.map((group) => prometheusRule(group, cluster.name, NAMESPACE)),
        ...dashboards.map((dashboard) => dashboardConfigMap(NAMESPACE, dashboard)),
        ...routes.flatMap(({ objects }) => objects),
      ].map((object) => ({ object })),
      flows: [...monitoringFlows(context.find('logs')), ...routes.flatMap(({ flows }) => flows)],
      secrets: [ADMIN, ...receivers, ...routes.flatMap(({ secrets }) => secrets)],
      alerts: own,
      metrics: EXPORTER_METRICS,
      hosts: { controlPlaneMetrics: true },
      files: Object.fromEntries([
        ['alertmanager.yaml', alertmanager],
        ...groups.flatMap((group) => [
          [`rules/${group.name}.yaml`, ruleFile(group, cluster.name)],
          [`tests/${group.name}.yaml`, ruleTests(group)],
        ]),
        ...dashboards.map((dashboard) => [`dashboards/${dashboard.name}.json`, grafanaDashboard(dashboard)]),
      ]),
    };
  },
});

function ruleGroups(
  context: Context,
  own: RuleGroup['alerts'],
  objectives: Parameters<typeof errorRatios>[0],
): RuleGroup[] {
  const alerted = context.cluster.policy.objectives ? burnRateAlerts(objectives) : [];
  return [
    ...context.others().map(({ name, contribution }) => ({ name, alerts: contribution.alerts ?? [] })),
    { name: RELEASE, alerts: own },
    { name: 'objectives', alerts: alerted, recordings: errorRatios(objectives) },
  ].filter(({ alerts, recordings = [] }: RuleGroup) => alerts.length + recordings.length > 0);
}
