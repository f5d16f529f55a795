/**
 * Watches a cluster, twin or real, by the same code: `observer.ts` follows the kinds that matter, `trim.ts` forgets
 * what is never shown, `health.ts` says of one object whether it is well, `cause.ts` finds the object at fault and the
 * API's own message, `summary.ts` puts it together as one `ClusterStatus`; `measures.ts` asks Prometheus.
 */
export { adviceFor } from './advice.ts';
export { type Cause } from './cause.ts';
export { type Drift, drift, followDrift } from './drift.ts';
export { fluxHealth, loadBalancerAddress, nodeHealth, serviceHealth, workloadHealth } from './health.ts';
export type { ObservedName } from './kinds.ts';
export {
  type ActiveAlert,
  followMeasures,
  type Measures,
  type NodeMeasures,
  proxyPath,
} from './measures.ts';
export { ClusterObserver } from './observer.ts';
export { conditionOf, type Snapshot } from './snapshot.ts';
export { type ClusterStatus, type Expected, type ObjectStatus, summarise } from './summary.ts';
