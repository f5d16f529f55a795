import { planCluster, type SecretState, secretStates as statesOfPlan } from '../compile/index.ts';
import type { Cluster, Homelab } from '../model/index.ts';

export type { SecretState };

/** Every Secret of a cluster that can be kept in Git. */
export function secretStates(homelab: Homelab, cluster: Cluster): SecretState[] {
  return statesOfPlan(homelab, planCluster(homelab, cluster));
}
