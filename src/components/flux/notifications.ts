import type { KubeObject } from '../../kube/index.ts';
import type { Cluster, Homelab } from '../../model/index.ts';
import type { SecretNeed } from '../contribution.ts';

interface Receivers {
  readonly discord: boolean;
  readonly commitStatus: boolean;
}

const DISCORD_SECRET = 'flux-discord';
const GIT_SECRET = 'flux-commit-status';

/** What the notification-controller tells, and whom. */
export function notifications(
  namespace: string,
  { git }: Homelab,
  { name: cluster }: Cluster,
  { discord, commitStatus }: Receivers,
): KubeObject[] {
  const object = (kind: string, name: string, spec: Record<string, unknown>): KubeObject => ({
    apiVersion: 'notification.toolkit.fluxcd.io/v1beta3',
    kind,
    metadata: { name, namespace },
    spec,
  });
  const failures = {
    providerRef: { name: 'discord' },
    eventSeverity: 'error',
    eventMetadata: { cluster },
    eventSources: ['GitRepository', 'Kustomization', 'HelmRelease'].map((kind) => ({ kind, name: '*' })),
    // It says so while a cluster comes up, and means nothing.
    exclusionList: ['.*dependency.*is not ready.*'],
  };
  const status = {
    providerRef: { name: 'commit-status' },
    eventMetadata: { cluster },
    eventSources: [{ kind: 'Kustomization', name: '*' }],
  };
  return [
    ...(discord
      ? [
          object('Provider', 'discord', { type: 'discord', secretRef: { name: DISCORD_SECRET } }),
          object('Alert', 'discord', failures),
        ]
      : []),
    ...(commitStatus
      ? [
          object('Provider', 'commit-status', {
            type: 'github',
            address: git.url,
            secretRef: { name: GIT_SECRET },
          }),
          object('Alert', 'commit-status', status),
        ]
      : []),
  ];
}

export function notificationSecrets(namespace: string, { discord, commitStatus }: Receivers): SecretNeed[] {
  return [
    ...(discord
      ? [
          {
            namespace,
            name: DISCORD_SECRET,
            keys: { address: 'given' as const },
            why: "The Discord channel's webhook.",
          },
        ]
      : []),
    ...(commitStatus
      ? [
          {
            namespace,
            name: GIT_SECRET,
            keys: { token: 'given' as const },
            why: 'A GitHub token that may write commit statuses.',
          },
        ]
      : []),
  ];
}
