import { listAt, textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

export const OBS003: ObjectRule = {
  id: 'OBS003',
  title: 'an alert without a severity',
  severity: 'warning',
  why: 'Alertmanager routes by severity: one without goes to whatever the last route is, often nobody.',
  remedy: 'Add labels: { severity: warning }, or critical.',
  references: ['https://prometheus.io/docs/alerting/latest/configuration/#route'],
  bad: `
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: web, namespace: web }
spec: { groups: [{ name: web, rules: [{ alert: WebDown, expr: up == 0 }] }] }
`,
  good: `
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: web, namespace: web }
spec: { groups: [{ name: web, rules: [{ alert: WebDown, expr: up == 0, labels: { severity: critical } }] }] }
`,
  *inspect(world) {
    for (const object of world.of('PrometheusRule'))
      for (const group of listAt(object, 'spec', 'groups'))
        for (const rule of listAt(group, 'rules')) {
          const alert = textAt(rule, 'alert');
          if (
            alert !== undefined &&
            textAt(rule, 'labels', 'severity') === undefined &&
            textAt(group, 'labels', 'severity') === undefined
          )
            yield { object, message: `alert ${alert} has no severity` };
        }
  },
};
