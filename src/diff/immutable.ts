import type { FieldChange } from './fields.ts';

/** Kind -> fields that the API server does not let anybody change; a pattern of paths. */
const IMMUTABLE: Readonly<Record<string, RegExp>> = {
  Deployment: /^spec\.selector\b/,
  DaemonSet: /^spec\.selector\b/,
  StatefulSet:
    /^spec\.(?!replicas\b|ordinals\b|template\b|updateStrategy\b|persistentVolumeClaimRetentionPolicy\b|minReadySeconds\b|revisionHistoryLimit\b)/,
  Job: /^spec\.(selector|template|completions|completionMode)\b/,
  PersistentVolumeClaim: /^spec\.(?!resources\.requests\b|volumeAttributesClassName\b)/,
  Service: /^spec\.clusterIPs?\b/,
  StorageClass: /^(provisioner|parameters|reclaimPolicy|volumeBindingMode)\b/,
  PriorityClass: /^(value|preemptionPolicy)\b/,
  RoleBinding: /^roleRef\b/,
  ClusterRoleBinding: /^roleRef\b/,
  IngressClass: /^spec\.controller\b/,
  Secret: /^type$/,
  CustomResourceDefinition: /^spec\.(scope|group|names\.(kind|plural))$/,
};

/** Fields among the changed ones that cannot be changed: the object must be made anew. */
export function immutableFields(kind: string, fields: readonly FieldChange[]): string[] {
  const pattern = Object.hasOwn(IMMUTABLE, kind) ? IMMUTABLE[kind] : undefined;
  return pattern === undefined ? [] : fields.map(({ path }) => path).filter((path) => pattern.test(path));
}
