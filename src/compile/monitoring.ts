import { sortBy } from '../util/index.ts';
import type { ClusterPlan } from './plan.ts';
import { toYaml } from './yaml.ts';

/** `monitoring/<cluster>/rules/<component>.yaml`: alerting rules as promtool and Prometheus read them. */
export function monitoringFiles(plan: ClusterPlan): [string, string][] {
  return plan.components.flatMap(({ component, contribution }) => {
    const alerts = contribution.alerts ?? [];
    if (alerts.length === 0) return [];
    const rules = sortBy(alerts, ({ name }) => name).map((alert) => ({
      alert: alert.name,
      expr: alert.expr,
      for: alert.for,
      labels: { severity: alert.severity, cluster: plan.cluster.name, component: component.name },
      annotations: { summary: alert.summary, runbook: alert.runbook },
    }));
    const file = `monitoring/${plan.cluster.name}/rules/${component.name}.yaml`;
    return [[file, toYaml({ groups: [{ name: component.name, rules }] })]];
  });
}
