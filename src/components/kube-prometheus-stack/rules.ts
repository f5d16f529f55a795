import type { KubeObject } from '../../kube/index.ts';
import { sortBy } from '../../util/index.ts';
import type { Alert } from '../contribution.ts';

/** A series that is computed ahead because several rules and panels ask for it. */
export interface Recording {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** The rules of one part of the cluster. */
export interface RuleGroup {
  /** The part's name: a component, an app, `objectives`. */
  readonly name: string;
  readonly alerts: readonly Alert[];
  readonly recordings?: readonly Recording[];
}

/** The file that promtool and Prometheus read. */
export function ruleFile({ name, alerts, recordings = [] }: RuleGroup, cluster: string): object {
  const rules = sortBy(alerts, (alert) => alert.name).map((alert) => ({
    alert: alert.name,
    expr: alert.expr,
    for: alert.for,
    labels: { severity: alert.severity, cluster, component: name },
    annotations: { summary: alert.summary, runbook: alert.runbook },
  }));
  return { groups: [{ name, rules: [...recordings, ...rules] }] };
}

/** The same for the prometheus-operator. */
export function prometheusRule(group: RuleGroup, cluster: string, namespace: string): KubeObject {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: `homeplane-${group.name}`, namespace },
    spec: ruleFile(group, cluster),
  };
}

/** Tests for `promtool test rules`: every alert fires on the series that it is for, and not on those it is not for. */
export function ruleTests({ name, alerts, recordings = [] }: RuleGroup): object {
  const tests = sortBy(alerts, (alert) => alert.name).flatMap((alert) => [
    ruleTest(alert, 'fires', alert.fires, [{ labels: '{}', value: 1 }]),
    ruleTest(alert, 'is quiet', alert.quiet, []),
  ]);
  // Error budgets are looked at over days: at every minute that would take minutes.
  const interval = recordings.length > 0 ? '30m' : '1m';
  return { rule_files: [`../rules/${name}.yaml`], evaluation_interval: interval, tests };
}

function ruleTest(alert: Alert, what: string, series: Alert['fires'], samples: object[]): object {
  return {
    name: `${alert.name} ${what}`,
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: [
      {
        expr: `count(count by (alertname) (ALERTS{alertname="${alert.name}",alertstate="firing"}))`,
        eval_time: alert.after ?? `${minutesOf(alert.for) + 5}m`,
        exp_samples: samples,
      },
    ],
  };
}

/** Minutes of a duration of one unit, as Prometheus writes it: `90m`, `6h`, `3d`. */
export function minutesOf(duration: string): number {
  return Number.parseInt(duration, 10) * MINUTES[duration.slice(-1) as keyof typeof MINUTES];
}

const MINUTES = { m: 1, h: 60, d: 1_440 } as const;
