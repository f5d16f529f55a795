import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { AUDIT_LOG, AUDIT_POLICY, schedulerConfig } from '../../compile/index.ts';
import { probeHttp, type Service } from '../../process/index.ts';
import { exists, writeFileAtomic } from '../../util/index.ts';
import type { Layout } from '../layout.ts';

/** Requests a second: the defaults spare an API server that many nodes share, and this one has nobody else. */
const RATE = { qps: 1000, burst: 2000 } as const;

/** Loopback addresses of a program, and flags that several programs share. */
function local(port: number): string {
  return `127.0.0.1:${port}`;
}

/** The cluster's database. Only holders of our client certificates may read it. */
export async function etcd(layout: Layout, file: string): Promise<Service> {
  const { ports, cluster } = layout;
  const client = `https://${local(ports.etcd)}`;
  const peer = `https://${local(ports.etcdPeer)}`;
  const args = [
    `--name=${cluster.name}`,
    `--data-dir=${await layout.data('etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=${cluster.name}=${peer}`,
    `--cert-file=${layout.pki('etcd.crt')}`,
    `--key-file=${layout.pki('etcd.key')}`,
    `--trusted-ca-file=${layout.pki('ca.crt')}`,
    '--client-cert-auth',
    `--peer-cert-file=${layout.pki('etcd.crt')}`,
    `--peer-key-file=${layout.pki('etcd.key')}`,
    `--peer-trusted-ca-file=${layout.pki('ca.crt')}`,
    '--peer-client-cert-auth',
    // A twin can be made again: surviving a power cut is not worth a disk write for every change.
    '--unsafe-no-fsync',
    '--log-level=warn',
  ];
  const { ca, cert, key } = layout.admin;
  return {
    name: `${cluster.name}/etcd`,
    command: { file, args },
    log: layout.log('etcd'),
    probe: probeHttp({ url: `${client}/health`, ca, cert, key }),
  };
}

/** The API server, with the admission that production has but for webhooks: they point at pods that do not run. */
export async function apiServer(layout: Layout, file: string): Promise<Service> {
  const { ports, cluster } = layout;
  const args = [
    `--etcd-servers=https://${local(ports.etcd)}`,
    `--etcd-cafile=${layout.pki('ca.crt')}`,
    `--etcd-certfile=${layout.pki('etcd-client.crt')}`,
    `--etcd-keyfile=${layout.pki('etcd-client.key')}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${ports.apiServer}`,
    `--tls-cert-file=${layout.pki('kube-apiserver.crt')}`,
    `--tls-private-key-file=${layout.pki('kube-apiserver.key')}`,
    `--client-ca-file=${layout.pki('ca.crt')}`,
    '--anonymous-auth=false',
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction,PodSecurity',
    '--disable-admission-plugins=ValidatingAdmissionWebhook,MutatingAdmissionWebhook',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${layout.pki('service-account.crt')}`,
    `--service-account-signing-key-file=${layout.pki('service-account.key')}`,
    `--service-cluster-ip-range=${cluster.services.text}`,
    // No endpoint of the `kubernetes` Service may be a loopback address.
    '--endpoint-reconciler-type=none',
    '--allow-privileged=true',
    '--profiling=false',
    ...(cluster.policy.hardened ? await hardening(layout) : []),
  ];
  const { server, ca, cert, key } = layout.admin;
  return {
    name: `${cluster.name}/kube-apiserver`,
    command: { file, args },
    log: layout.log('kube-apiserver'),
    probe: probeHttp({ url: `${server}/readyz`, ca, cert, key }),
  };
}

/** As the machine configurations of a hardened cluster say: audit, and Secrets encrypted in etcd. */
async function hardening(layout: Layout): Promise<string[]> {
  const folder = await layout.data('kube-apiserver');
  const policy = join(folder, 'audit-policy.json');
  const encryption = join(folder, 'encryption.json');
  await writeFileAtomic(policy, JSON.stringify(AUDIT_POLICY), 0o600);
  // Made once: with another key nothing that is in etcd could be read.
  if (!(await exists(encryption)))
    await writeFileAtomic(encryption, JSON.stringify(encryptionConfiguration()), 0o600);
  const log = Object.entries(AUDIT_LOG).map(([name, value]) => `--audit-log-${name}=${value}`);
  return [
    `--audit-policy-file=${policy}`,
    `--audit-log-path=${layout.log('audit')}`,
    ...log,
    `--encryption-provider-config=${encryption}`,
  ];
}

function encryptionConfiguration(): object {
  const key = { name: 'twin', secret: randomBytes(32).toString('base64') };
  return {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'EncryptionConfiguration',
    resources: [{ resources: ['secrets'], providers: [{ secretbox: { keys: [key] } }, { identity: {} }] }],
  };
}

export function controllerManager(layout: Layout, file: string): Service {
  const { ports, cluster } = layout;
  // The controller manager gives each node a /24 of the pod network, as on the real cluster.
  const args = [
    ...asUser(layout, 'kube-controller-manager'),
    `--secure-port=${ports.controllerManager}`,
    `--service-account-private-key-file=${layout.pki('service-account.key')}`,
    `--root-ca-file=${layout.pki('ca.crt')}`,
    '--use-service-account-credentials',
    `--kube-api-qps=${RATE.qps}`,
    `--kube-api-burst=${RATE.burst}`,
    '--allocate-node-cidrs=true',
    `--cluster-cidr=${cluster.pods.text}`,
    `--node-cidr-mask-size=${Math.max(24, cluster.pods.prefix)}`,
  ];
  return {
    name: `${cluster.name}/kube-controller-manager`,
    command: { file, args },
    log: layout.log('kube-controller-manager'),
    probe: probeHttp(ownCertificate(layout, ports.controllerManager)),
  };
}

/** Packs or spreads pods as the machine configurations tell the real one. */
export async function scheduler(layout: Layout, file: string): Promise<Service> {
  const { ports, cluster } = layout;
  const config = join(await layout.data('kube-scheduler'), 'config.json');
  const clientConnection = { kubeconfig: layout.kubeconfig('kube-scheduler'), ...RATE };
  const client = { clientConnection };
  const rest = { leaderElection: { leaderElect: false }, enableProfiling: false };
  await writeFileAtomic(
    config,
    JSON.stringify({ ...schedulerConfig(cluster.policy), ...client, ...rest }),
    0o600,
  );
  return {
    name: `${cluster.name}/kube-scheduler`,
    command: {
      file,
      args: [...asUser(layout, 'kube-scheduler'), `--config=${config}`, `--secure-port=${ports.scheduler}`],
    },
    log: layout.log('kube-scheduler'),
    probe: probeHttp(ownCertificate(layout, ports.scheduler)),
  };
}

function asUser(layout: Layout, user: 'kube-controller-manager' | 'kube-scheduler'): string[] {
  const file = layout.kubeconfig(user);
  return [
    `--kubeconfig=${file}`,
    `--authentication-kubeconfig=${file}`,
    `--authorization-kubeconfig=${file}`,
    '--bind-address=127.0.0.1',
    `--tls-cert-file=${layout.pki('kube-apiserver.crt')}`,
    `--tls-private-key-file=${layout.pki('kube-apiserver.key')}`,
    '--leader-elect=false',
    '--profiling=false',
  ];
}

function ownCertificate(layout: Layout, port: number) {
  return { url: `https://${local(port)}/healthz`, ca: layout.admin.ca };
}
