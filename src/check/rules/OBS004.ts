import { listAt, mapAt, textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

export const OBS004: ObjectRule = {
  id: 'OBS004',
  title: 'one name for two alerts of a group',
  severity: 'warning',
  why: 'Both have the same labels: Alertmanager takes them for one, and when one of them ends it tells that all is well.',
  remedy: 'Give each its own name, or another severity.',
  bad: `
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: web, namespace: web }
spec: { groups: [{ name: web, rules: [{ alert: Full, expr: a > 1, labels: { severity: warning } }, { alert: Full, expr: b > 1, labels: { severity: warning } }] }] }
`,
  good: `
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: web, namespace: web }
spec: { groups: [{ name: web, rules: [{ alert: Full, expr: a > 1, labels: { severity: warning } }, { alert: Full, expr: a > 2, labels: { severity: critical } }] }] }
`,
  *inspect(world) {
    for (const object of world.of('PrometheusRule'))
      for (const group of listAt(object, 'spec', 'groups')) {
        const seen = new Set<string>();
        for (const rule of listAt(group, 'rules')) {
          const alert = textAt(rule, 'alert');
          if (alert === undefined) continue;
          const name = JSON.stringify([alert, mapAt(rule, 'labels')]);
          if (seen.has(name)) yield { object, message: `has two alerts ${alert} with the same labels` };
          seen.add(name);
        }
      }
  },
};
