import { planCluster } from '../compile/index.ts';
import type { SecretNeed } from '../components/index.ts';
import type { Cluster, Homelab } from '../model/index.ts';

/** One Secret that a cluster needs, and how much of it is there. */
export interface SecretState {
  readonly cluster: string;
  readonly need: SecretNeed;
  /** Whether there is a file. */
  readonly present: boolean;
  /** Keys that the file lacks, or all of them. */
  readonly missing: readonly string[];
  /** False when the file holds values in the clear. */
  readonly encrypted: boolean;
}

/** Every Secret of a cluster that can be kept in Git. */
export function secretStates(homelab: Homelab, cluster: Cluster): SecretState[] {
  const needs = planCluster(homelab, cluster).components.flatMap(
    ({ contribution }) => contribution.secrets ?? [],
  );
  return needs
    .filter(({ outsideGit }) => outsideGit !== true)
    .map((need) => {
      const file = homelab.secrets.get(`${cluster.name}/${need.namespace}/${need.name}`);
      return {
        cluster: cluster.name,
        need,
        present: file !== undefined,
        missing: Object.keys(need.keys).filter((key) => file?.keys.includes(key) !== true),
        encrypted: file?.encrypted ?? true,
      };
    });
}
