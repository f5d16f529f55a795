import type { ClusterPlan } from '../../compile/index.ts';
import { listAt, textAt } from '../../kube/index.ts';
import { blocks, list, mermaid, table } from '../markdown.ts';
import { partOf, perCluster, type Subject } from '../subject.ts';

const STACK = 'kube-prometheus-stack';

/** What is collected, who is told, every alert with what to do, dashboards and objectives. */
export function monitoringPage({ plans }: Subject): string {
  return blocks(
    '# Monitoring',
    perCluster(plans, '##', (plan) => {
      if (partOf(plan, STACK) === undefined) return 'This cluster is not monitored.';
      return blocks(
        monitoringDiagram(plan),
        monitoringFacts(plan),
        objectives(plan),
        dashboards(plan),
      ).trim();
    }),
    '## Every alert and what to do',
    ...plans.map((plan) => blocks(`### In ${plan.cluster.name}`, ...alerts(plan)).trim()),
  );
}

export function monitoringDiagram(plan: ClusterPlan): string {
  const receivers = receiversOf(plan);
  const logs = partOf(plan, 'loki') !== undefined;
  return mermaid({
    direction: 'TB',
    groups: [
      {
        title: 'Data collection',
        boxes: [
          { id: 'node', label: 'Node Exporter' },
          { id: 'ksm', label: 'kube-state-metrics' },
          { id: 'cadvisor', label: 'cAdvisor' },
          { id: 'apps', label: 'Application metrics' },
          ...(logs ? [{ id: 'alloy', label: 'Logs of every pod' }] : []),
        ],
      },
      {
        title: 'Storage and processing',
        boxes: [
          { id: 'prometheus', label: 'Prometheus' },
          { id: 'tsdb', label: 'Time series database' },
          ...(logs ? [{ id: 'loki', label: 'Loki' }] : []),
        ],
      },
      {
        title: 'Alerting',
        boxes: [
          { id: 'alertmanager', label: 'Alertmanager' },
          ...receivers.map((name) => ({ id: `to-${name}`, label: name })),
        ],
      },
      {
        title: 'Visualization',
        boxes: [
          { id: 'grafana', label: `Grafana, grafana.${plan.cluster.domain}` },
          { id: 'dashboards', label: 'Custom dashboards' },
        ],
      },
    ],
    arrows: [
      ['node', 'prometheus'],
      ['ksm', 'prometheus'],
      ['cadvisor', 'prometheus'],
      ['apps', 'prometheus'],
      ['alloy', 'loki'],
      ['prometheus', 'tsdb'],
      ['prometheus', 'alertmanager'],
      ['prometheus', 'grafana'],
      ['loki', 'grafana'],
      ...receivers.map((name): [string, string] => ['alertmanager', `to-${name}`]),
      ['grafana', 'dashboards'],
    ],
  });
}

function receiversOf(plan: ClusterPlan): string[] {
  const config = partOf(plan, STACK)?.contribution.files?.['alertmanager.yaml'];
  return listAt(config, 'receivers')
    .map((receiver) => textAt(receiver, 'name') ?? '')
    .filter((name) => name !== '' && name !== 'nobody');
}

export function monitoringFacts(plan: ClusterPlan): string {
  const stack = partOf(plan, STACK);
  const values = stack?.contribution.releases[0]?.values;
  const spec = ['prometheus', 'prometheusSpec'] as const;
  const retention = textAt(values, ...spec, 'retention') ?? '';
  const replicas = String(
    (values?.['prometheus'] as { prometheusSpec?: { replicas?: number } } | undefined)?.prometheusSpec
      ?.replicas ?? 1,
  );
  const windows = listAt(stack?.use.options, 'maintenance').map(
    (window) =>
      `${textAt(window, 'name')}: ${listAt(window, 'weekdays').join(', ') || 'every day'} ${textAt(window, 'from')} to ${textAt(window, 'to')} ${textAt(window, 'timeZone') ?? 'UTC'}`,
  );
  return list([
    `**Prometheus**: ${replicas} replica${replicas === '1' ? '' : 's'}, metrics kept for ${retention}, collected every ${plan.cluster.policy.scrapeInterval}; targets are found by monitors made from every component's flows`,
    `**Grafana**: https://grafana.${plan.cluster.domain}, with a login; data sources Prometheus${plan.exports.logs === undefined ? '' : ' and Loki'}`,
    `**Alertmanager**: alerts are grouped and deduplicated, and go to ${receiversOf(plan).join(', ') || 'nobody'}`,
    `**Maintenance windows**: ${windows.length === 0 ? 'none' : windows.join('; ')}`,
  ]);
}

function objectives(plan: ClusterPlan): string {
  const all = plan.components.flatMap(({ contribution }) => contribution.objectives ?? []);
  if (all.length === 0) return '';
  const watched = plan.cluster.policy.objectives
    ? 'Alerts fire when one is used up too fast.'
    : 'They are measured, and nobody is woken for them.';
  return blocks(
    '**Service level objectives**, over 30 days. ' + watched,
    table(
      ['Objective', 'Percent that should be good'],
      all.map(({ title, percent }) => [title, String(percent)]),
    ),
  ).trim();
}

function dashboards(plan: ClusterPlan): string {
  const files = Object.entries(partOf(plan, STACK)?.contribution.files ?? {}).filter(([name]) =>
    name.startsWith('dashboards/'),
  );
  return blocks(
    '**Dashboards**',
    list(
      files.map(
        ([, dashboard]) =>
          `${textAt(dashboard, 'title') ?? ''} (${listAt(dashboard, 'panels').length} panels)`,
      ),
    ),
  ).trim();
}

function alerts(plan: ClusterPlan): string[] {
  return plan.components.flatMap(({ component, contribution }) =>
    (contribution.alerts ?? []).map((alert) =>
      blocks(
        `#### ${alert.name}`,
        alert.summary,
        list([
          `severity ${alert.severity}, after ${alert.for}, of ${component.name}`,
          `when: \`${alert.expr.replace(/\s+/g, ' ')}\``,
          `what to do: ${alert.runbook}`,
        ]),
      ).trim(),
    ),
  );
}
