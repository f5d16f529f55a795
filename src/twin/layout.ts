import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type KubeConfig } from '../kube/index.ts';
import type { Cluster } from '../model/index.ts';
import type { PortPool } from '../process/index.ts';
import { formatIp, writeFileAtomic } from '../util/index.ts';
import { kubeconfig } from './kubeconfig.ts';
import { Authority, type KeyPair, type Subject } from './pki.ts';
import { adminKubeconfig, type State } from './state.ts';

const PORTS = [
  'apiServer',
  'etcd',
  'etcdPeer',
  'controllerManager',
  'scheduler',
  'kwok',
  'sourceHealth',
  'sourceArtifacts',
  'kustomizeHealth',
  'helmHealth',
  'metallbMetrics',
  'metallbHealth',
  'prometheusOperator',
  'kubeStateMetrics',
  'kubeStateTelemetry',
] as const;

/** Users that the twin's programs are; group `homeplane:twin` is bound to cluster-admin, as Flux' own accounts are. */
const TWIN_GROUP = 'homeplane:twin';
const USERS = {
  admin: { commonName: 'homeplane', organization: 'system:masters' },
  'kube-controller-manager': { commonName: 'system:kube-controller-manager' },
  'kube-scheduler': { commonName: 'system:kube-scheduler' },
  kwok: { commonName: 'homeplane:kwok', organization: TWIN_GROUP },
  'source-controller': { commonName: 'homeplane:source-controller', organization: TWIN_GROUP },
  'kustomize-controller': { commonName: 'homeplane:kustomize-controller', organization: TWIN_GROUP },
  'helm-controller': { commonName: 'homeplane:helm-controller', organization: TWIN_GROUP },
} as const satisfies Record<string, Omit<Subject, 'file'>>;

export type UserName = keyof typeof USERS;
export { TWIN_GROUP };

/** Where everything of one cluster's twin is: folders, ports, keys. All of it is written before anything starts. */
export interface Layout {
  readonly cluster: Cluster;
  readonly folder: string;
  readonly ports: Readonly<Record<(typeof PORTS)[number], number>>;
  readonly authority: Authority;
  /** The administrator, for homeplane itself. */
  readonly admin: KubeConfig;
  /** Path of a file in the PKI folder. */
  pki(file: string): string;
  /** Path of a user's kubeconfig. */
  kubeconfig(user: UserName): string;
  /** Path of a kubeconfig that impersonates a user, made on demand. */
  impersonate(name: string, as: string): Promise<string>;
  log(program: string): string;
  /** A folder for a program's data, made on demand. */
  data(program: string): Promise<string>;
  /** An empty folder for a program's temporary files: what a killed run left in it is gone. */
  scratch(program: string): Promise<string>;
}

/** Makes or opens the layout of a cluster. */
export async function openLayout(state: State, cluster: Cluster, pool: PortPool): Promise<Layout> {
  const folder = state.cluster(cluster.name);
  const kubeconfigs = join(folder, 'kubeconfigs');
  for (const name of ['logs', 'kubeconfigs', 'data'])
    await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
  const chosen = await pool.allocate(PORTS.length, await state.readPorts(cluster.name));
  await state.writePorts(cluster.name, chosen);
  const ports = Object.fromEntries(PORTS.map((name, index) => [name, chosen[index] ?? 0])) as Layout['ports'];
  const authority = await Authority.open(join(folder, 'pki'), `homeplane ${cluster.name} twin`);
  const server = `https://127.0.0.1:${ports.apiServer}`;
  const configOf = (pair: KeyPair): KubeConfig => ({ server, ca: authority.certificate, ...pair });
  await issueServers(authority, cluster);
  const users = await Promise.all(
    Object.entries(USERS).map(async ([file, subject]) => {
      const config = configOf(await authority.issue({ file, ...subject }));
      const text = kubeconfig(cluster.name, config);
      await writeFileAtomic(join(kubeconfigs, `${file}.yaml`), text, 0o600);
      return [file, config] as const;
    }),
  );
  const admin = new Map<string, KubeConfig>(users).get('admin');
  if (admin === undefined) throw new Error('the administrator has no key pair');
  await writeFileAtomic(adminKubeconfig(folder), kubeconfig(cluster.name, admin), 0o600);
  return {
    cluster,
    folder,
    ports,
    authority,
    admin,
    pki: (file) => authority.path(file),
    kubeconfig: (user) => join(kubeconfigs, `${user}.yaml`),
    log: (program) => join(folder, 'logs', `${program}.log`),
    async impersonate(name, as) {
      const file = join(kubeconfigs, `${name}.yaml`);
      await writeFile(file, kubeconfig(cluster.name, admin, as), { mode: 0o600 });
      return file;
    },
    async data(program) {
      const path = join(folder, 'data', program);
      await mkdir(path, { recursive: true, mode: 0o700 });
      return path;
    },
    async scratch(program) {
      const path = join(folder, 'tmp', program);
      await rm(path, { recursive: true, force: true });
      await mkdir(path, { recursive: true, mode: 0o700 });
      return path;
    },
  };
}

async function issueServers(authority: Authority, cluster: Cluster): Promise<void> {
  const local = ['127.0.0.1', 'localhost'];
  const service = [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'kubernetes.default.svc.cluster.local',
  ];
  const address = formatIp(cluster.services.first + 1);
  await authority.issue({
    file: 'kube-apiserver',
    commonName: 'kube-apiserver',
    names: [...local, ...service, address],
  });
  await authority.issue({ file: 'etcd', commonName: 'etcd', names: local });
  await authority.issue({ file: 'etcd-client', commonName: 'kube-apiserver' });
  // Service account tokens are signed with a key pair of their own; only its key and certificate are read.
  await authority.issue({ file: 'service-account', commonName: 'service-account' });
}
