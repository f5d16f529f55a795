import type { Cause, ClusterStatus, ObjectStatus } from '../../observe/index.ts';

/** What is different between two statuses of a cluster. */
export type StatusChange =
  | ({ type: 'object'; cluster: string } & ObjectStatus)
  | { type: 'object-gone'; cluster: string; kind: string; namespace: string | undefined; name: string }
  | ({ type: 'cause'; cluster: string } & Cause)
  | { type: 'cluster'; cluster: string; ready: boolean; connected: boolean };

export function statusChanges(before: ClusterStatus | undefined, after: ClusterStatus): StatusChange[] {
  const cluster = after.name;
  const known = new Map((before?.objects ?? []).map((object) => [keyOf(object), object]));
  const changes: StatusChange[] = [];
  for (const object of after.objects) {
    const old = known.get(keyOf(object));
    known.delete(keyOf(object));
    if (old === undefined || !sameStatus(old, object)) changes.push({ type: 'object', cluster, ...object });
  }
  for (const { kind, namespace, name } of known.values())
    changes.push({ type: 'object-gone', cluster, kind, namespace, name });
  const said = new Set((before?.causes ?? []).map(causeKey));
  for (const cause of after.causes)
    if (!said.has(causeKey(cause))) changes.push({ type: 'cause', cluster, ...cause });
  if (before?.ready !== after.ready || before.connected !== after.connected)
    changes.push({ type: 'cluster', cluster, ready: after.ready, connected: after.connected });
  return changes;
}

function sameStatus(a: ObjectStatus, b: ObjectStatus): boolean {
  return a.state === b.state && a.message === b.message && a.address === b.address;
}

function keyOf({ kind, namespace, name }: ObjectStatus): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}

function causeKey({ object, message }: Cause): string {
  return `${object} ${message}`;
}
