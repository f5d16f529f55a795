import type { ClusterStatus } from '../../observe/index.ts';
import { formatDuration, oneLine, type Paint } from '../../util/index.ts';
import { type StatusChange, statusChanges } from './diff.ts';
import type { UpEvent } from './view.ts';

const PROGRESS_EVERY_MS = 10_000;

/** Turns events into plain lines, for logs and pipes: what changed, and progress now and then. */
export function plainLines(paint: Paint, now: () => number = Date.now): (event: UpEvent) => string[] {
  const since = now();
  const last = new Map<string, ClusterStatus>();
  const lastProgress = new Map<string, number>();
  const stamp = () => paint('dim', `${((now() - since) / 1000).toFixed(1).padStart(6)}s`);
  return (event) => {
    switch (event.type) {
      case 'started':
        return [`${stamp()} ${event.task} ...`];
      case 'progress': {
        if (now() - (lastProgress.get(event.task) ?? 0) < PROGRESS_EVERY_MS) return [];
        lastProgress.set(event.task, now());
        const total = event.total === undefined ? '' : `${event.done} of ${event.total} `;
        const left =
          event.remainingSeconds === undefined
            ? ''
            : `, about ${formatDuration(event.remainingSeconds)} left`;
        return [`${stamp()} ${event.task}: ${total}${event.detail ?? ''}${left}`];
      }
      case 'finished': {
        const detail = event.detail === undefined ? '' : `, ${event.detail}`;
        return [`${stamp()} ${event.task}: done in ${formatDuration(event.seconds)}${detail}`];
      }
      case 'failed':
        return [`${stamp()} ${paint('red', `${event.task} failed: ${event.message}`)}`];
      case 'log':
        return [`${stamp()} ${event.task}: ${event.message}`];
      case 'process-ready':
        return [`${stamp()} ${event.service} runs (${formatDuration(event.seconds)})`];
      case 'process-died':
        return [
          `${stamp()} ${paint('red', `${event.service} ${event.reason}`)}; starting it again in ${event.restartSeconds} s`,
        ];
      case 'process-started':
      case 'process-stopped':
      // Whoever opened it has said so, before there were lines.
      case 'page':
        return [];
      case 'committed':
        return [`${stamp()} committed ${event.revision.slice(0, 8)}`];
      case 'note':
        return [`${stamp()} ${event.message}`];
      case 'cluster': {
        const { status } = event;
        const changes = statusChanges(last.get(status.name), status);
        last.set(status.name, status);
        return changes.flatMap((change) => changeLine(change, paint)).map((line) => `${stamp()} ${line}`);
      }
    }
  };
}

/** Kinds whose waiting is worth a line; of the others only that they are ready, or cannot be. */
const TALKATIVE = new Set(['Kustomization', 'HelmRelease', 'GitRepository']);

function changeLine(change: StatusChange, paint: Paint): string[] {
  switch (change.type) {
    case 'object': {
      const { cluster, kind, namespace, name, state, message, address } = change;
      // What others lack is told as a cause, once, and not each time they try again.
      if (state !== 'ready' && !TALKATIVE.has(kind)) return [];
      if (kind === 'Service' && address === undefined) return [];
      const object = `${cluster} ${kind}/${namespace === undefined ? '' : `${namespace}/`}${name}`;
      const word = { ready: paint('green', 'ready'), waiting: 'waits', failed: paint('red', 'failing') }[
        state
      ];
      return [
        `${object} ${word}${address === undefined ? '' : ` at ${address}`}${message === '' ? '' : `: ${oneLine(message)}`}`,
      ];
    }
    case 'object-gone':
      return TALKATIVE.has(change.kind) ? [`${change.cluster} ${change.kind}/${change.name} is gone`] : [];
    case 'cause':
      return [`${change.cluster} ${paint('red', 'at fault')} ${change.object}: ${oneLine(change.message)}`];
    case 'cluster':
      if (!change.connected) return [`${change.cluster} ${paint('red', 'API server cannot be reached')}`];
      return [`${change.cluster} ${change.ready ? paint('green', 'is ready') : 'is not ready yet'}`];
  }
}
