import { stripVTControlCharacters } from 'node:util';
import { adviceFor, type ClusterStatus, type ObjectStatus } from '../../observe/index.ts';
import { formatDuration, oneLine, type Paint, plural } from '../../util/index.ts';
import type { TaskState, View } from './view.ts';

const COUNTED: readonly [kind: string, noun: string][] = [
  ['Node', 'node'],
  ['Kustomization', 'Kustomization'],
  ['HelmRelease', 'release'],
  ['Pod', 'pod'],
];

/** What the whole screen says, as lines that are no wider than it. */
export function renderScreen(view: View, paint: Paint, columns: number, now: number): string {
  const page = view.page === undefined ? '' : `  ${view.page}`;
  const lines = [paint('bold', `homeplane  ${formatDuration((now - view.since) / 1000)}${page}`), ''];
  for (const task of view.tasks.values()) lines.push(taskLine(task));
  if (view.tasks.size > 0) lines.push('');
  for (const status of view.clusters.values()) lines.push(...clusterLines(status, paint), '');
  lines.push(...view.notes.map((note) => paint('dim', `  ${note}`)));
  return lines.map((line) => cut(line, columns)).join('\n');
}

/** How clusters are, as lines that are no wider than the screen. */
export function renderClusters(statuses: readonly ClusterStatus[], paint: Paint, columns: number): string {
  return statuses
    .flatMap((status) => [...clusterLines(status, paint), ''])
    .map((line) => cut(line, columns))
    .join('\n');
}

function taskLine({ task, done, total, detail, remainingSeconds }: TaskState): string {
  const bar = total === undefined || total === 0 ? '' : ` ${progressBar(done / total)} ${done}/${total}`;
  const left = remainingSeconds === undefined ? '' : `, about ${formatDuration(remainingSeconds)} left`;
  return `  ${task}${bar} ${detail}${left}`;
}

function progressBar(share: number): string {
  const full = Math.round(Math.min(1, share) * 20);
  return `[${'#'.repeat(full)}${'.'.repeat(20 - full)}]`;
}

function clusterLines(status: ClusterStatus, paint: Paint): string[] {
  const state = !status.connected
    ? paint('red', 'unreachable')
    : status.ready
      ? paint('green', 'ready')
      : paint('yellow', 'converging');
  const counts = COUNTED.map(([kind, noun]) => {
    const all = status.objects.filter((object) => object.kind === kind);
    const ready = all.filter((object) => object.state === 'ready').length;
    return `${ready} of ${plural(all.length, noun)}`;
  });
  const addresses = status.objects.flatMap(({ kind, namespace, name, address }) =>
    kind === 'Service' && address !== undefined ? [`  ${paint('cyan', address)} ${namespace}/${name}`] : [],
  );
  const unready = status.objects.filter((object) => object.state !== 'ready');
  const flux = unready.filter(({ kind }) => FLUX.has(kind));
  const others = unready.filter(
    ({ kind }) => !FLUX.has(kind) && kind !== 'HelmRepository' && kind !== 'HelmChart',
  );
  const more = others.length - SHOWN_OTHERS;
  return [
    `${paint('bold', status.name)}  ${state}  ${counts.join(', ')}`,
    ...addresses,
    ...status.causes.flatMap(({ object, message }) => [
      `  ${paint('red', 'at fault')} ${object}: ${oneLine(message)}`,
      paint('dim', `           ${adviceFor(message)}`),
    ]),
    ...flux.map((object) => waitLine(object, paint)),
    ...others.slice(0, SHOWN_OTHERS).map((object) => waitLine(object, paint)),
    ...(more > 0 ? [paint('dim', `  and ${plural(more, 'more object')} that wait`)] : []),
  ];
}

const FLUX = new Set(['GitRepository', 'Kustomization', 'HelmRelease']);
/** Nodes, pods and Services that wait are many at first, and what they wait for is mostly a moment. */
const SHOWN_OTHERS = 6;

function waitLine({ kind, name, state, message }: ObjectStatus, paint: Paint): string {
  const word = state === 'failed' ? paint('red', 'failing') : paint('yellow', 'waits  ');
  return `  ${word} ${kind}/${name}: ${oneLine(message)}`;
}

/** Cuts a line to a width, not counting colour codes; a cut line loses its colours. */
function cut(line: string, columns: number): string {
  const bare = stripVTControlCharacters(line);
  return bare.length <= columns ? line : `${bare.slice(0, Math.max(0, columns - 1))}…`;
}
