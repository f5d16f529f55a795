import type { Context } from '../contract.ts';
import type { Patch } from '../contribution.ts';
import { resources } from '../shared.ts';
import { exemptions } from './exemptions.ts';

const SIZE = resources({ cpu: '25m', memory: '64Mi' }, { cpu: '250m', memory: '256Mi' });

/** The chart's security context lacks a seccomp profile, without which a restricted namespace refuses the pods. */
const RESTRICTED = {
  allowPrivilegeEscalation: false,
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

/** Checks and what a violation is: `danger` is refused at admission. */
const CHECKS = {
  deploymentMissingReplicas: 'ignore',
  priorityClassNotSet: 'ignore',
  tagNotSpecified: 'danger',
  pullPolicyNotAlways: 'ignore',
  readinessProbeMissing: 'warning',
  livenessProbeMissing: 'warning',
  cpuRequestsMissing: 'danger',
  cpuLimitsMissing: 'warning',
  memoryRequestsMissing: 'danger',
  memoryLimitsMissing: 'danger',
  hostIPCSet: 'danger',
  hostPIDSet: 'danger',
  hostNetworkSet: 'danger',
  hostPortSet: 'warning',
  notReadOnlyRootFilesystem: 'warning',
  privilegeEscalationAllowed: 'danger',
  runAsRootAllowed: 'danger',
  runAsPrivileged: 'danger',
  dangerousCapabilities: 'danger',
  insecureCapabilities: 'warning',
} as const;

export function polarisValues(context: Context, admission: boolean): Record<string, unknown> {
  return {
    clusterDomain: 'cluster.local',
    image: { pullPolicy: 'IfNotPresent' },
    config: {
      checks: CHECKS,
      exemptions: exemptions(context.others().flatMap(({ contribution }) => contribution.namespaces)),
    },
    dashboard: { replicas: 1, pdb: { enable: false }, resources: SIZE, containerSecurityContext: RESTRICTED },
    webhook: {
      enable: admission,
      replicas: context.replicas(2),
      resources: SIZE,
      pdb: { enable: context.replicas(2) > 1 },
      certManager: { apiVersion: 'cert-manager.io/v1' },
      // A validator that is down must not keep the cluster from healing itself.
      failurePolicy: 'Ignore',
    },
  };
}

/** The chart has a value for the dashboard's security context and none for the webhook's. */
export function polarisPatches(admission: boolean): Patch[] {
  if (!admission) return [];
  const name = 'polaris-webhook';
  const containers = [{ name: 'webhook', securityContext: RESTRICTED }];
  return [
    {
      target: { kind: 'Deployment', name },
      patch: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name },
        spec: { template: { spec: { containers } } },
      },
    },
  ];
}
