import type { Cluster } from '../../model/index.ts';
import type { Context } from '../contract.ts';
import { resources } from '../shared.ts';
import { EXPORTER_NAMESPACE } from './names.ts';

const SMALL = resources({ cpu: '10m', memory: '32Mi' }, { cpu: '200m', memory: '128Mi' });
const GIB = 2 ** 30;

/** What a Prometheus needs for some hundred targets, on nodes with memory to spare and on an 8 GiB board. */
const SIZES = {
  large: { volumeGiB: 50, ...resources({ cpu: '200m', memory: '1Gi' }, { cpu: '2', memory: '3Gi' }) },
  small: { volumeGiB: 20, ...resources({ cpu: '100m', memory: '512Mi' }, { cpu: '1', memory: '1536Mi' }) },
} as const;

function sizeOf(cluster: Cluster): (typeof SIZES)['large' | 'small'] {
  const smallest = Math.min(
    ...cluster.nodes.filter(({ worker }) => worker).map(({ machine }) => machine.memory),
  );
  return smallest > 8 * GIB ? SIZES.large : SIZES.small;
}

export interface StackOptions {
  readonly retentionDays: number;
  readonly volumeGiB?: number | undefined;
  readonly alertmanager: object;
  /** Names of Secrets that Alertmanager reads as files. */
  readonly alertmanagerSecrets: readonly string[];
  readonly adminSecret: string;
}

export function stackValues(context: Context, options: StackOptions): Record<string, unknown> {
  const { cluster } = context;
  return {
    crds: { upgradeJob: { enabled: false } },
    ...controlPlaneTargets(cluster),
    prometheusOperator: operator(),
    prometheus: prometheus(context, options),
    alertmanager: alertmanager(context, options),
    grafana: grafana(context, options.adminSecret),
    'kube-state-metrics': {
      selfMonitor: { enabled: true },
      resources: resources({ cpu: '10m', memory: '64Mi' }, { cpu: '250m', memory: '256Mi' }),
    },
    'prometheus-node-exporter': {
      namespaceOverride: EXPORTER_NAMESPACE,
      resources: resources({ cpu: '25m', memory: '32Mi' }, { cpu: '200m', memory: '96Mi' }),
      priorityClassName: 'system-node-critical',
      // The name of the node is what alerts and dashboards are about.
      prometheus: { monitor: { relabelings: [NODE_LABEL] } },
    },
  };
}

const NODE_LABEL = { sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' };

/**
 * Talos and kubeadm label their control planes differently, or have no pods for them: the addresses are known from
 * the definition. kube-proxy runs on every node.
 */
function controlPlaneTargets(cluster: Cluster): Record<string, unknown> {
  const planes = cluster.nodes.filter(({ controlPlane }) => controlPlane).map(({ address }) => address);
  // They serve certificates that they made for themselves.
  const serviceMonitor = { https: true, insecureSkipVerify: true };
  return {
    kubeControllerManager: { endpoints: planes, serviceMonitor },
    kubeScheduler: { endpoints: planes, serviceMonitor },
    kubeEtcd: { endpoints: planes },
    kubeProxy: { endpoints: cluster.nodes.map(({ address }) => address) },
  };
}

function operator(): Record<string, unknown> {
  return {
    resources: resources({ cpu: '25m', memory: '64Mi' }, { cpu: '250m', memory: '256Mi' }),
    prometheusConfigReloader: { resources: SMALL },
    // Jobs that make certificates at each upgrade do not go well with GitOps.
    admissionWebhooks: { certManager: { enabled: true }, patch: { enabled: false } },
    kubeletEndpointsEnabled: false,
    kubeletEndpointSliceEnabled: true,
  };
}

function prometheus(context: Context, options: StackOptions): Record<string, unknown> {
  const { cluster } = context;
  const { volumeGiB: usual, ...size } = sizeOf(cluster);
  const volumeGiB = options.volumeGiB ?? usual;
  const replicas = context.replicas(2);
  return {
    podDisruptionBudget: { enabled: replicas > 1 },
    prometheusSpec: {
      replicas,
      podAntiAffinity: replicas > 1 ? 'hard' : '',
      retention: `${options.retentionDays}d`,
      // The volume also holds what is not yet compacted: whichever bound is reached first deletes the oldest.
      retentionSize: `${Math.floor(volumeGiB * 0.8)}GiB`,
      scrapeInterval: cluster.policy.scrapeInterval,
      evaluationInterval: cluster.policy.scrapeInterval,
      externalLabels: { cluster: cluster.name },
      externalUrl: `https://prometheus.${cluster.domain}`,
      enableAdminAPI: false,
      ...size,
      storageSpec: volume(context, volumeGiB),
      // Everything that is monitored is found, whoever brought it.
      podMonitorSelectorNilUsesHelmValues: false,
      serviceMonitorSelectorNilUsesHelmValues: false,
      ruleSelectorNilUsesHelmValues: false,
      probeSelectorNilUsesHelmValues: false,
      scrapeConfigSelectorNilUsesHelmValues: false,
    },
  };
}

/** With a second Prometheus everything is there twice already; the second replica lets the pod move to another node. */
function volume(context: Context, gib: number): object {
  const kind = context.cluster.policy.redundant ? 'standard' : 'backup';
  return {
    volumeClaimTemplate: {
      spec: {
        storageClassName: context.need('storage').className(kind),
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: `${gib}Gi` } },
      },
    },
  };
}

function alertmanager(context: Context, options: StackOptions): Record<string, unknown> {
  const replicas = context.replicas(2);
  return {
    config: options.alertmanager,
    podDisruptionBudget: { enabled: replicas > 1 },
    alertmanagerSpec: {
      replicas,
      podAntiAffinity: replicas > 1 ? 'hard' : '',
      secrets: [...options.alertmanagerSecrets],
      externalUrl: `https://alertmanager.${context.cluster.domain}`,
      resources: resources({ cpu: '10m', memory: '48Mi' }, { cpu: '200m', memory: '128Mi' }),
      // Silences outlive a restart.
      storage: volume(context, 1),
    },
  };
}

function grafana(context: Context, adminSecret: string): Record<string, unknown> {
  const { domain } = context.cluster;
  const logs = context.find('logs');
  return {
    admin: { existingSecret: adminSecret, userKey: 'admin-user', passwordKey: 'admin-password' },
    // Data sources and dashboards come from Git: there is nothing to keep.
    persistence: { enabled: false },
    deploymentStrategy: { type: 'Recreate' },
    resources: resources({ cpu: '50m', memory: '128Mi' }, { cpu: '500m', memory: '384Mi' }),
    sidecar: { resources: resources({ cpu: '10m', memory: '64Mi' }, { cpu: '200m', memory: '160Mi' }) },
    defaultDashboardsTimezone: 'browser',
    ...(logs === undefined
      ? {}
      : {
          additionalDataSources: [
            { name: 'Loki', uid: 'loki', type: 'loki', access: 'proxy', url: logs.url },
          ],
        }),
    'grafana.ini': {
      server: { root_url: `https://grafana.${domain}` },
      analytics: { reporting_enabled: false, check_for_updates: false, check_for_plugin_updates: false },
      'auth.anonymous': { enabled: false },
      users: { allow_sign_up: false },
      security: { cookie_secure: true, disable_gravatar: true },
      dashboards: { min_refresh_interval: '30s' },
    },
    testFramework: { enabled: false },
  };
}
