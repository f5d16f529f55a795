import type { SecretNeed } from '../components/index.ts';
import type { Homelab, SecretFile } from '../model/index.ts';
import type { ClusterPlan } from './plan.ts';

/** One Secret that a cluster needs, and how much of it is there. */
export interface SecretState {
  readonly cluster: string;
  readonly need: SecretNeed;
  /** Whether there is a file. */
  readonly present: boolean;
  /** Keys that the file lacks, or all of them. */
  readonly missing: readonly string[];
}

/** The file of a Secret beside the definition. */
export function secretFile(
  homelab: Homelab,
  cluster: string,
  { namespace, name }: Pick<SecretNeed, 'namespace' | 'name'>,
): SecretFile | undefined {
  return homelab.secrets.get(`${cluster}/${namespace}/${name}`);
}

/** Every Secret of a cluster that can be kept in Git. */
export function secretStates(homelab: Homelab, { cluster, components }: ClusterPlan): SecretState[] {
  return components
    .flatMap(({ contribution }) => contribution.secrets ?? [])
    .filter(({ outsideGit }) => outsideGit !== true)
    .map((need) => {
      const file = secretFile(homelab, cluster.name, need);
      return {
        cluster: cluster.name,
        need,
        present: file !== undefined,
        missing: Object.keys(need.keys).filter((key) => file?.keys.includes(key) !== true),
      };
    });
}
