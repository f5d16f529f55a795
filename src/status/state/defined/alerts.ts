import type { ClusterPlan } from '../../../compile/index.ts';
import { listAt, textAt } from '../../../kube/index.ts';
import type { ItemOf } from '../item.ts';

/** Every alert that the definition has; whether one fires only Prometheus knows. */
export function alertItems({ cluster, components }: ClusterPlan): ItemOf<'alert'>[] {
  return components.flatMap(({ contribution }) =>
    (contribution.alerts ?? []).map((alert) => ({
      type: 'alert' as const,
      cluster: cluster.name,
      name: alert.name,
      severity: alert.severity,
      state: 'unknown' as const,
      summary: alert.summary,
      runbook: alert.runbook,
    })),
  );
}

/** Times at which nobody is to be woken. */
export function windowItems({ cluster }: ClusterPlan): ItemOf<'window'>[] {
  return cluster.components.flatMap(({ options }) =>
    listAt(options, 'maintenance').map((window) => {
      const days = listAt(window, 'weekdays').map(String).join(', ');
      const zone = textAt(window, 'timeZone') ?? 'UTC';
      return {
        type: 'window' as const,
        cluster: cluster.name,
        name: textAt(window, 'name') ?? '',
        when: `${days === '' ? 'every day' : days}, ${textAt(window, 'from')} to ${textAt(window, 'to')} ${zone}`,
      };
    }),
  );
}
