import type { ClusterStatus } from '../../observe/index.ts';
import { statusChanges } from './diff.ts';
import type { UpEvent } from './view.ts';

/** Turns events into lines of JSON, one event a line. A cluster's status is sent as what changed in it. */
export function jsonLines(): (event: UpEvent) => string[] {
  const last = new Map<string, ClusterStatus>();
  return (event) => {
    if (event.type !== 'cluster') return [JSON.stringify(event)];
    const { status } = event;
    const changes = statusChanges(last.get(status.name), status);
    last.set(status.name, status);
    return changes.map((change) => JSON.stringify(change));
  };
}
