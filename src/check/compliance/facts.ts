import type { ClusterPlan } from '../../compile/index.ts';
import type { KubeObject } from '../../kube/index.ts';
import type { Assessment } from './control.ts';

/** Where the settings of a cluster's control planes are. */
export function controlPlaneFiles({ cluster }: ClusterPlan): string[] {
  const files = cluster.os.kind === 'talos' ? ['talos-patch.yaml'] : ['kubeadm.yaml', 'cloud-init.yaml'];
  return cluster.nodes
    .filter(({ controlPlane }) => controlPlane)
    .flatMap(({ name }) => files.map((file) => `machines/${cluster.name}/${name}/${file}`));
}

/** Something that the environment's hardening brings, or does not. */
export function hardened(plan: ClusterPlan, what: string): Assessment {
  const { cluster } = plan;
  return cluster.policy.hardened
    ? { status: 'met', evidence: what, paths: controlPlaneFiles(plan) }
    : { status: 'not met', evidence: `${cluster.environment} is not hardened`, paths: [] };
}

/** Namespaces of a cluster, and the folder that each is in. */
export function namespacesOf({ components }: ClusterPlan) {
  return components.flatMap(({ contribution, folder }) =>
    contribution.namespaces.map((namespace) => ({ ...namespace, folder })),
  );
}

/** Objects that the components and apps bring themselves; what charts render is in the lock. */
export function objectsOf({ components }: ClusterPlan): { object: KubeObject; folder: string }[] {
  return components.flatMap(({ contribution, folder }) =>
    (contribution.objects ?? []).map((object) => ({ object, folder })),
  );
}

export function componentNamed({ components }: ClusterPlan, name: string) {
  return components.find(({ component }) => component.name === name);
}

/** Whether a component is there that does it. */
export function doneBy(plan: ClusterPlan, name: string, what: string): Assessment {
  const found = componentNamed(plan, name);
  return found === undefined
    ? { status: 'not met', evidence: `the cluster has no ${name}`, paths: [] }
    : { status: 'met', evidence: what, paths: [`${found.folder}.yaml`] };
}

/** For what only the running cluster can show. */
export function running(evidence: string): Assessment {
  return { status: 'running', evidence, paths: [] };
}
