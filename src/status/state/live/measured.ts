import type { Node } from '../../../model/index.ts';
import type { ActiveAlert, NodeMeasures } from '../../../observe/index.ts';
import { alertItems } from '../defined/alerts.ts';
import type { ItemOf } from '../item.ts';
import type { ClusterView } from './view.ts';

const DAYS_PER_YEAR = 365;

/** What a node was measured at; undefined where nobody measures. */
export function measuredOf({ measures }: ClusterView, node: Node): ItemOf<'node'>['measured'] {
  const own = measures?.nodes.get(node.name);
  if (measures === undefined || own === undefined) return undefined;
  const { idleWatts, peakWatts } = node.machine;
  const { celsius, cpu, memory, disk, daysUntilFull } = own;
  const years = diskYears(node, own);
  return {
    at: new Date(measures.at).toISOString(),
    ...(celsius === undefined ? {} : { celsius }),
    ...(cpu === undefined ? {} : { cpu, watts: idleWatts + (peakWatts - idleWatts) * cpu }),
    ...(memory === undefined ? {} : { memory }),
    ...(disk === undefined ? {} : { disk }),
    ...(daysUntilFull === undefined ? {} : { daysUntilFull }),
    ...(years === undefined ? {} : { diskYears: years }),
  };
}

/** Years until the first of the disks has been written as often as its data sheet allows. */
function diskYears({ machine }: Node, { writtenPerDay }: NodeMeasures): number | undefined {
  const years = machine.disks.flatMap(({ device, enduranceTbw }) => {
    const written = writtenPerDay.get(device.replace('/dev/', '')) ?? 0;
    return written > 0 ? [(enduranceTbw * 1e12) / written / DAYS_PER_YEAR] : [];
  });
  return years.length === 0 ? undefined : Math.min(...years);
}

/** Every alert of the definition with what Prometheus says of it, and those that only Prometheus knows. */
export function alertStates({ plan, measures }: ClusterView): ItemOf<'alert'>[] {
  const defined = alertItems(plan);
  if (measures === undefined) return defined;
  const known = new Set(defined.map(({ name }) => name));
  const others = new Map(
    measures.alerts.filter(({ name }) => !known.has(name)).map((alert) => [alert.name, alert]),
  );
  return [
    ...defined.map((alert) => withState(alert, measures.alerts)),
    ...[...others.values()].map((alert) =>
      withState(
        {
          type: 'alert',
          cluster: plan.cluster.name,
          name: alert.name,
          severity: severityOf(alert.severity),
          state: 'quiet',
          summary: alert.summary,
          runbook: `Look at its rule in https://prometheus.${plan.cluster.domain}/alerts`,
        },
        measures.alerts,
      ),
    ),
  ];
}

/** One that fires counts for more than one that may. */
function withState(alert: ItemOf<'alert'>, active: readonly ActiveAlert[]): ItemOf<'alert'> {
  const own = active.filter(({ name }) => name === alert.name);
  const worst = own.find(({ state }) => state === 'firing') ?? own[0];
  if (worst === undefined) return { ...alert, state: 'quiet' };
  const { state, since, summary } = worst;
  return {
    ...alert,
    state,
    since: new Date(since).toISOString(),
    summary: summary === '' ? alert.summary : summary,
  };
}

function severityOf(text: string): ItemOf<'alert'>['severity'] {
  return text === 'critical' || text === 'warning' ? text : 'info';
}

export function silenceItems({ plan, measures }: ClusterView): ItemOf<'silence'>[] {
  return (measures?.silences ?? []).map(({ until, ...silence }) => ({
    type: 'silence',
    cluster: plan.cluster.name,
    ...silence,
    until: new Date(until).toISOString(),
  }));
}
