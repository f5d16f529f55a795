import type { Exports } from '../components/index.ts';
import type { KubeObject } from '../kube/index.ts';
import type { Cluster, Homelab } from '../model/index.ts';

/** Name and namespace of the GitRepository and of the root Kustomization. */
export const SYNC = { name: 'flux-system', namespace: 'flux-system' } as const;

/** Where Flux reads the tree. */
export function gitRepository(homelab: Homelab, cluster: Cluster, gitops: Exports['gitops']): KubeObject {
  const secretRef = gitops.gitSecret === undefined ? {} : { secretRef: { name: gitops.gitSecret } };
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { ...SYNC },
    spec: {
      interval: cluster.policy.gitInterval,
      url: homelab.git.url,
      ref: { branch: homelab.git.branch },
      ...secretRef,
    },
  };
}

/** The Kustomization that applies all the others. */
export function rootKustomization(homelab: Homelab, cluster: Cluster, gitops: Exports['gitops']): KubeObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { ...SYNC },
    spec: {
      interval: cluster.policy.reconcileInterval,
      retryInterval: '1m',
      timeout: '5m',
      path: repositoryPath(homelab, `clusters/${cluster.name}`),
      prune: true,
      sourceRef: { kind: 'GitRepository', name: SYNC.name },
      decryption: { provider: 'sops', secretRef: { name: gitops.decryptionSecret } },
    },
  };
}

/** A tree path as Flux names it from the repository's root. */
export function repositoryPath(homelab: Homelab, path: string): string {
  return homelab.git.path === '.' ? `./${path}` : `./${homelab.git.path}/${path}`;
}
