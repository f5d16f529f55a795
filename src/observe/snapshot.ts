import type { KubeObject } from '../kube/index.ts';
import type { ObservedName } from './kinds.ts';

/** What is known of a cluster at one moment. */
export interface Snapshot {
  /** Whether every kind was listed at least once. */
  readonly complete: boolean;
  /** Whether the API server can be heard. */
  readonly connected: boolean;
  objects(kind: ObservedName): readonly KubeObject[];
}

/** A condition of an object's status. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** A field of `spec` or `status`, whose shape the caller knows from the kind's API. */
export function specOf<T>(object: KubeObject): Partial<T> {
  return object['spec'] ?? {};
}

export function statusOf<T>(object: KubeObject): Partial<T> {
  return object['status'] ?? {};
}

export function conditionOf(object: KubeObject, type: string): Condition | undefined {
  const { conditions } = statusOf<{ conditions: Condition[] }>(object);
  return conditions?.find((condition) => condition.type === type);
}
