import type { ClusterPlan } from './plan.ts';
import { toYaml } from './yaml.ts';

/** `monitoring/<cluster>/`: rules, their tests, routes and dashboards as promtool, amtool and Grafana read them. */
export function monitoringFiles(plan: ClusterPlan): [string, string][] {
  return plan.components.flatMap(({ contribution }) =>
    Object.entries(contribution.files ?? {}).map(([file, content]): [string, string] => [
      `monitoring/${plan.cluster.name}/${file}`,
      file.endsWith('.json') ? `${JSON.stringify(content, null, 2)}\n` : toYaml(content as object),
    ]),
  );
}
