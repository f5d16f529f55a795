import type { Cluster, Node } from '../../model/index.ts';
import { toYaml } from '../yaml.ts';
import { AUDIT_LOG, KUBELET } from './hardening.ts';
import type { CombinedNeeds } from './host-needs.ts';
import { kubeletReserves } from './kubelet.ts';
import { nodeLabels } from './labels.ts';

const API_PORT = 6443;
const KUBEADM = 'kubeadm.k8s.io/v1beta4';
/** Written by the bootstrap, with the cluster's CA and a token: no secret may be in the tree. */
const DISCOVERY = '/etc/kubernetes/discovery.conf';

/** The first control plane makes the cluster, the others and the workers join it. */
export function kubeadmConfig(cluster: Cluster, node: Node, needs: CombinedNeeds): string {
  const first = cluster.nodes.find((other) => other.controlPlane);
  return node === first ? kubeadmInit(cluster, node, needs) : kubeadmJoin(node);
}

function kubeadmInit(cluster: Cluster, node: Node, { controlPlaneMetrics }: CombinedNeeds): string {
  const { hardened } = cluster.policy;
  const component = componentArgs(hardened, controlPlaneMetrics);
  return toYaml(
    {
      apiVersion: KUBEADM,
      kind: 'InitConfiguration',
      localAPIEndpoint: { advertiseAddress: node.address, bindPort: API_PORT },
      nodeRegistration: nodeRegistration(node),
    },
    {
      apiVersion: KUBEADM,
      kind: 'ClusterConfiguration',
      clusterName: cluster.name,
      kubernetesVersion: `v${cluster.kubernetes}`,
      controlPlaneEndpoint: `${cluster.controlPlaneAddress}:${API_PORT}`,
      networking: {
        podSubnet: cluster.pods.text,
        serviceSubnet: cluster.services.text,
        dnsDomain: 'cluster.local',
      },
      ...(hardened ? { apiServer: hardenedApiServer() } : {}),
      ...(component.length === 0 ? {} : { controllerManager: { extraArgs: component } }),
      scheduler: {
        extraArgs: [...component, { name: 'config', value: SCHEDULER_FILE }],
        extraVolumes: [mount('config', SCHEDULER_FILE, 'File', true)],
      },
      ...(controlPlaneMetrics ? { etcd: { local: { extraArgs: ETCD_METRICS } } } : {}),
    },
    {
      apiVersion: 'kubelet.config.k8s.io/v1beta1',
      kind: 'KubeletConfiguration',
      cgroupDriver: 'systemd',
      ...kubeletReserves(node.machine),
      ...(hardened ? { ...KUBELET, protectKernelDefaults: true } : {}),
    },
    ...(controlPlaneMetrics
      ? [
          {
            apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
            kind: 'KubeProxyConfiguration',
            metricsBindAddress: '0.0.0.0:10249',
          },
        ]
      : []),
  );
}

/** Arguments that the controller manager and the scheduler have in common. */
function componentArgs(hardened: boolean, metrics: boolean): { name: string; value: string }[] {
  return [
    ...(hardened ? PROFILING_OFF : []),
    ...(metrics ? [{ name: 'bind-address', value: '0.0.0.0' }] : []),
  ];
}

/** Its metrics are numbers about itself, never of what it stores; kubeadm's own probe goes on using loopback. */
const ETCD_METRICS = [{ name: 'listen-metrics-urls', value: 'http://0.0.0.0:2381' }];

function hardenedApiServer(): Record<string, unknown> {
  const log = Object.entries(AUDIT_LOG).map(([name, value]) => ({
    name: `audit-log-${name}`,
    value: String(value),
  }));
  return {
    extraArgs: [
      ...PROFILING_OFF,
      { name: 'audit-policy-file', value: AUDIT_POLICY_FILE },
      { name: 'audit-log-path', value: `${AUDIT_LOGS}/audit.log` },
      ...log,
      { name: 'encryption-provider-config', value: ENCRYPTION_FILE },
    ],
    extraVolumes: [
      mount('audit-policy', AUDIT_POLICY_FILE, 'File', true),
      mount('audit-logs', AUDIT_LOGS, 'DirectoryOrCreate', false),
      mount('encryption', ENCRYPTION_FILE, 'File', true),
    ],
  };
}

/** A file or folder of the host that a part of the control plane sees. */
function mount(name: string, path: string, pathType: string, readOnly: boolean): object {
  return { name, hostPath: path, mountPath: path, pathType, readOnly };
}

/** Where cloud-init puts how pods are spread or packed. */
export const SCHEDULER_FILE = '/etc/kubernetes/scheduler.yaml';

const PROFILING_OFF = [{ name: 'profiling', value: 'false' }];
/** Where cloud-init puts the audit policy. */
export const AUDIT_POLICY_FILE = '/etc/kubernetes/audit-policy.yaml';
const AUDIT_LOGS = '/var/log/kubernetes/audit';
/** An EncryptionConfiguration with the key that Secrets are encrypted with in etcd: yours, never in the tree. */
export const ENCRYPTION_FILE = '/etc/kubernetes/encryption.yaml';

function kubeadmJoin(node: Node): string {
  const controlPlane = { localAPIEndpoint: { advertiseAddress: node.address, bindPort: API_PORT } };
  return toYaml({
    apiVersion: KUBEADM,
    kind: 'JoinConfiguration',
    discovery: { file: { kubeConfigPath: DISCOVERY } },
    nodeRegistration: nodeRegistration(node),
    ...(node.controlPlane ? { controlPlane } : {}),
  });
}

function nodeRegistration(node: Node): Record<string, unknown> {
  const labels = Object.entries(nodeLabels(node)).map(([key, value]) => `${key}=${value}`);
  return {
    name: node.name,
    kubeletExtraArgs: [
      { name: 'node-ip', value: node.address },
      { name: 'node-labels', value: labels.join(',') },
    ],
    // kubeadm taints control planes unless told that there is nothing to taint.
    ...(node.controlPlane && node.worker ? { taints: [] } : {}),
  };
}
