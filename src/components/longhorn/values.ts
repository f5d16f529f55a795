import type { Context } from '../contract.ts';
import type { Patch } from '../contribution.ts';
import { resources } from '../shared.ts';
import { replicasOf, storageNodes } from './classes.ts';

const SIDECAR = resources({ cpu: '10m', memory: '24Mi' }, { cpu: '200m', memory: '128Mi' });
const JOB = resources({ cpu: '10m', memory: '32Mi' }, { cpu: '500m', memory: '128Mi' });
const SMALL = resources({ cpu: '10m', memory: '32Mi' }, { cpu: '200m', memory: '128Mi' });
const SIDECARS = [
  'csi-attacher',
  'csi-provisioner',
  'csi-resizer',
  'csi-snapshotter',
  'longhorn-csi-plugin',
  'node-driver-registrar',
  'longhorn-liveness-probe',
];

/** Settings have one value for each data engine, as JSON; the second engine is off. */
function forEngine(value: string | number): string {
  return JSON.stringify({ v1: String(value) });
}

export function longhornValues(
  context: Context,
  dataPath: string,
  backup: { target: string; secret?: string | undefined } | undefined,
): Record<string, unknown> {
  const { cluster } = context;
  const zones = new Set(storageNodes(cluster).map(({ zone }) => zone)).size;
  const csi = context.replicas(2);
  return {
    // Our own classes and policies come with the component.
    persistence: { createStorageClass: false, defaultClass: false },
    networkPolicies: { enabled: false, restrictInternalTraffic: false },
    // The job cannot run under GitOps, where an upgrade is not a command.
    preUpgradeChecker: { jobEnabled: false },
    csi: {
      attacherReplicaCount: csi,
      provisionerReplicaCount: csi,
      resizerReplicaCount: csi,
      snapshotterReplicaCount: csi,
    },
    longhornManager: { resources: resources({ cpu: '50m', memory: '128Mi' }, { cpu: '1', memory: '512Mi' }) },
    longhornUI: { replicas: 1 },
    defaultSettings: {
      defaultDataPath: dataPath,
      defaultReplicaCount: forEngine(replicasOf(cluster, 'standard')),
      v2DataEngine: false,
      replicaSoftAntiAffinity: false,
      // One zone is a slot of a board, or a board: replicas go to different ones wherever there are enough.
      replicaZoneSoftAntiAffinity: zones < replicasOf(cluster, 'fast'),
      replicaAutoBalance: zones > 1 ? 'best-effort' : 'disabled',
      // The only replica is on the node that is drained.
      nodeDrainPolicy:
        storageNodes(cluster).length > 1 ? 'block-if-contains-last-replica' : 'allow-if-replica-is-stopped',
      // Rebuilding saturates a gigabit link and an ARM core: one at a time.
      concurrentReplicaRebuildPerNodeLimit: 1,
      storageOverProvisioningPercentage: 100,
      storageMinimalAvailablePercentage: 15,
      storageReservedPercentageForDefaultDisk: 10,
      systemManagedCSIComponentsResourceLimits: JSON.stringify(
        Object.fromEntries(SIDECARS.map((name) => [name, SIDECAR])),
      ),
      upgradeChecker: false,
      allowCollectingLonghornUsageMetrics: false,
    },
    ...(backup === undefined
      ? {}
      : {
          defaultBackupStore: {
            backupTarget: backup.target,
            ...(backup.secret === undefined ? {} : { backupTargetCredentialSecret: backup.secret }),
          },
        }),
  };
}

/** The chart has no values for the resources of these. */
export function longhornPatches(): Patch[] {
  const patch = (apiVersion: string, kind: string, name: string, spec: Record<string, unknown>): Patch => ({
    target: { kind, name },
    patch: { apiVersion, kind, metadata: { name }, spec: { template: { spec } } },
  });
  const one = (name: string, size: typeof SMALL) => ({ containers: [{ name, resources: size }] });
  return [
    patch('apps/v1', 'Deployment', 'longhorn-driver-deployer', {
      ...one('longhorn-driver-deployer', SMALL),
      initContainers: [{ name: 'wait-longhorn-manager', resources: SMALL }],
    }),
    patch('apps/v1', 'Deployment', 'longhorn-ui', one('longhorn-ui', SMALL)),
    patch('apps/v1', 'DaemonSet', 'longhorn-manager', one('pre-pull-share-manager-image', SMALL)),
    patch('batch/v1', 'Job', 'longhorn-post-upgrade', one('longhorn-post-upgrade', JOB)),
    patch('batch/v1', 'Job', 'longhorn-uninstall', one('longhorn-uninstall', JOB)),
  ];
}
