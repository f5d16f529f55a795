import { type Paint, plural } from '../../util/index.ts';
import type { ObjectChange } from '../compare.ts';
import { CONSEQUENCES, type Consequence } from '../consequence.ts';
import type { ClusterDiff, DiffReport } from '../report.ts';
import { byConsequence, fieldLine, notesOf } from './rows.ts';

const GRAVE: ReadonlySet<Consequence> = new Set(['storage', 'recreate', 'delete']);
const FIELDS_SHOWN = 6;

/** The report for a terminal. @param all Every object and every field, also what changes labels only. */
export function formatText(report: DiffReport, paint: Paint, all: boolean): string {
  const { clusters, machines, findings } = report;
  const lines = [
    ...clusters.flatMap((cluster) => clusterLines(cluster, paint, all)),
    ...(machines.length === 0 ? [] : [paint('bold', 'machines'), ...machines.flatMap(machineLines)]),
    ...findings.added.map(
      ({ rule, severity, message }) => `${paint('red', `new ${severity}`)} ${rule} ${message}`,
    ),
    ...findings.gone.map(
      ({ rule, severity, message }) => `${paint('green', `mended ${severity}`)} ${rule} ${message}`,
    ),
  ];
  return `${lines.length === 0 ? 'nothing changes' : lines.join('\n')}\n`;
}

function clusterLines({ cluster, changes, unknown }: ClusterDiff, paint: Paint, all: boolean): string[] {
  if (changes.length === 0 && unknown.length === 0) return [];
  const warning = unknown.map(
    (release) =>
      `  ${paint('yellow', 'not known:')} what the chart of ${release} changes; run \`homeplane lock\``,
  );
  const groups = byConsequence(changes).flatMap(([consequence, group]) => [
    `  ${paint(GRAVE.has(consequence) ? 'red' : 'yellow', CONSEQUENCES[consequence])}`,
    ...(consequence === 'metadata' && !all
      ? [`    ${plural(group.length, 'object')}`]
      : group.flatMap((change) => changeLines(change, consequence, paint, all))),
  ]);
  return [`${paint('bold', cluster)}: ${plural(changes.length, 'object')}`, ...warning, ...groups];
}

function changeLines(change: ObjectChange, heading: Consequence, paint: Paint, all: boolean): string[] {
  const notes = notesOf(change, heading);
  const shown = all ? change.fields : change.fields.slice(0, FIELDS_SHOWN);
  const more = change.fields.length - shown.length;
  return [
    `    ${change.object}${notes === '' ? '' : `: ${notes}`}`,
    ...shown.map((field) => paint('dim', `      ${fieldLine(field)}`)),
    ...(more > 0 ? [paint('dim', `      and ${plural(more, 'more field')}`)] : []),
  ];
}

function machineLines({ machine, files }: DiffReport['machines'][number]): string[] {
  return [`  ${machine} is configured differently:`, ...files.map((file) => `    ${file}`)];
}
