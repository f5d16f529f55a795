import type { NamespaceSpec } from '../components/index.ts';
import type { KubeObject } from '../kube/index.ts';

/** A namespace with its PodSecurity level; a relaxed one carries the reason. */
export function namespaceObject(spec: NamespaceSpec): KubeObject {
  const level = spec.enforce ?? spec.needs;
  const relaxed = level === 'restricted' ? undefined : spec.reason;
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: spec.name,
      labels: {
        'pod-security.kubernetes.io/enforce': level,
        'pod-security.kubernetes.io/enforce-version': 'latest',
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/warn': level,
      },
      annotations: {
        // Pruning a namespace would delete everything in it, volumes too.
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
        ...(relaxed === undefined ? {} : { 'homeplane.dev/pod-security-reason': relaxed }),
      },
    },
  };
}
