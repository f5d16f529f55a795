import type { KubeObject } from '../../kube/index.ts';
import type { Dashboard, Panel } from '../contribution.ts';

const COLUMNS = 24;
const HEIGHT = 8;
const DATASOURCE = { type: 'prometheus', uid: 'prometheus' };

/** A dashboard as Grafana reads it. Panels flow from left to right; a phone shows them one below the other. */
export function grafanaDashboard({ name, title, panels }: Dashboard): object {
  let [x, y] = [0, 0];
  const placed = panels.map((panel, index) => {
    const width = panel.width ?? 8;
    if (x + width > COLUMNS) [x, y] = [0, y + HEIGHT];
    const gridPos = { x, y, w: width, h: HEIGHT };
    x += width;
    return { id: index + 1, gridPos, ...grafanaPanel(panel) };
  });
  return {
    uid: `homeplane-${name}`,
    title,
    tags: ['homeplane'],
    schemaVersion: 41,
    editable: false,
    timezone: 'browser',
    time: { from: 'now-6h', to: 'now' },
    refresh: '1m',
    panels: placed,
  };
}

function grafanaPanel({ title, kind, queries, unit, warn, alarm }: Panel): object {
  const instant = kind !== 'timeseries';
  return {
    type: kind,
    title,
    datasource: DATASOURCE,
    targets: queries.map(({ expr, legend }, index) => ({
      refId: String.fromCodePoint(65 + index),
      datasource: DATASOURCE,
      expr,
      instant,
      range: !instant,
      ...(kind === 'table' ? { format: 'table' } : {}),
      ...(legend === undefined ? {} : { legendFormat: legend }),
    })),
    fieldConfig: {
      defaults: {
        ...(unit === undefined ? {} : { unit }),
        ...(unit === 'percentunit' ? { min: 0, max: 1 } : {}),
        color: { mode: warn === undefined ? 'palette-classic' : 'thresholds' },
        thresholds: {
          mode: 'absolute',
          steps: [
            { color: 'green', value: null },
            ...(warn === undefined ? [] : [{ color: 'yellow', value: warn }]),
            ...(alarm === undefined ? [] : [{ color: 'red', value: alarm }]),
          ],
        },
      },
      overrides: [],
    },
  };
}

/** What Grafana's sidecar looks for in every namespace. */
export function dashboardConfigMap(namespace: string, dashboard: Dashboard): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `dashboard-${dashboard.name}`, namespace, labels: { grafana_dashboard: '1' } },
    data: { [`${dashboard.name}.json`]: JSON.stringify(grafanaDashboard(dashboard)) },
  };
}
