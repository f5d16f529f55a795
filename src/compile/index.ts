/**
 * Homelab -> tree: the files of a GitOps repository, path -> content. Pure: no clock, no disk, no network;
 * the same homelab gives the same bytes on any machine. `plan.ts` asks the components what they contribute,
 * the other files turn the plan into Kubernetes objects and texts.
 */
export { compareClusters, type Difference } from './compare.ts';
export { compile, type Tree } from './compile.ts';
export { pageImages } from './delivery/page-image.ts';
export { contributedRoutes, dnsRecords, routeHosts } from './dns.ts';
export { endpointText, portsText } from './flow-text.ts';
export { type Item, inventory, type Rendered } from './inventory.ts';
export { kustomizationNames } from './kustomization.ts';
export { AUDIT_LOG, AUDIT_POLICY } from './machines/hardening.ts';
export { schedulerConfig } from './machines/scheduler.ts';
export {
  type ClusterPlan,
  missingExports,
  type PlannedComponent,
  planCluster,
  planHomelab,
} from './plan.ts';
export { repositories, repositoryName } from './release.ts';
export { type SecretState, secretStates } from './secrets.ts';
export { gitRepository, repositoryPath, rootKustomization, SYNC } from './sync.ts';
export { toYaml } from './yaml.ts';
