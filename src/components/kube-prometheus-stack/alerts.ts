import type { Alert } from '../contribution.ts';
import { workloadDown } from '../shared.ts';
import { RELEASE } from './names.ts';

/** Alerts about what raises the alerts; that Prometheus itself is gone is for the dead man's switch to say. */
export function monitoringAlerts(namespace: string, exporterNamespace: string): Alert[] {
  return [
    workloadDown(
      'PrometheusDown',
      'statefulset',
      namespace,
      `prometheus-${RELEASE}-prometheus`,
      'fewer eyes, or none, are on the cluster',
    ),
    workloadDown(
      'AlertmanagerDown',
      'statefulset',
      namespace,
      `alertmanager-${RELEASE}-alertmanager`,
      'alerts may reach nobody',
    ),
    workloadDown('GrafanaDown', 'deployment', namespace, `${RELEASE}-grafana`, 'dashboards cannot be seen'),
    workloadDown(
      'PrometheusOperatorDown',
      'deployment',
      namespace,
      `${RELEASE}-operator`,
      'changes of rules and targets are not taken over',
    ),
    workloadDown(
      'NodeExporterDown',
      'daemonset',
      exporterNamespace,
      `${RELEASE}-prometheus-node-exporter`,
      'temperatures and disks of those nodes are not watched',
    ),
  ];
}
