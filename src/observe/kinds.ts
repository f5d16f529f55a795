import type { KindRef } from '../kube/index.ts';

/** A kind that is followed. */
export interface ObservedKind extends KindRef {
  readonly fieldSelector?: string;
}

/** What is followed of a cluster. Secrets and ConfigMaps are not among it: nothing of them may ever be shown. */
export const OBSERVED = [
  { apiVersion: 'v1', kind: 'Node' },
  { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository' },
  { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'HelmRepository' },
  { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'HelmChart' },
  { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' },
  { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  { apiVersion: 'apps/v1', kind: 'DaemonSet' },
  { apiVersion: 'apps/v1', kind: 'ReplicaSet' },
  { apiVersion: 'batch/v1', kind: 'Job' },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus' },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'Alertmanager' },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
  { apiVersion: 'v1', kind: 'Pod' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'v1', kind: 'Event', fieldSelector: 'type=Warning' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  { apiVersion: 'cert-manager.io/v1', kind: 'Certificate' },
  { apiVersion: 'longhorn.io/v1beta2', kind: 'Volume' },
  { apiVersion: 'longhorn.io/v1beta2', kind: 'Replica' },
  { apiVersion: 'longhorn.io/v1beta2', kind: 'Backup' },
  { apiVersion: 'aquasecurity.github.io/v1alpha1', kind: 'VulnerabilityReport' },
  { apiVersion: 'aquasecurity.github.io/v1alpha1', kind: 'ConfigAuditReport' },
] as const satisfies readonly ObservedKind[];

export type ObservedName = (typeof OBSERVED)[number]['kind'];
