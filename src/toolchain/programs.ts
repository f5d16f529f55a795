/** A program that homeplane runs, and how to get it. */
export interface Program {
  /** Folder of `toolchain/` with the go.mod that pins it and what it is made of. */
  readonly module: string;
  readonly package: string;
  /** Without a leading `v`. */
  readonly version: string;
  readonly ldflags?: readonly string[];
  /** Files of Go modules that belong to the program: CRDs, default configuration. */
  readonly assets?: readonly Asset[];
  /** Changes to sources of Go modules, where no flag can say it. */
  readonly edits?: readonly Edit[];
  /** How to ask a program on PATH for its version; without it PATH is not looked at. */
  readonly versionArgs?: readonly string[];
  /** Seconds of a cold build on two cores (shared measurements of 2026-10), for the first estimate. */
  readonly buildSeconds: number;
  readonly what: string;
}

/** A file or folder of a Go module that is kept beside the program. */
export interface Asset {
  readonly module: string;
  /** Path in the module. A folder is taken with its YAML files. */
  readonly path: string;
}

/** One text of a Go module's source file that is replaced while building; it must be there exactly once. */
export interface Edit {
  readonly module: string;
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

const KUBERNETES = {
  module: 'k8s',
  version: '1.36.3',
  // Without these every component reports version v0.0.0.
  ldflags: [
    '-X k8s.io/component-base/version.gitVersion=v1.36.3',
    '-X k8s.io/component-base/version.gitMajor=1',
    '-X k8s.io/component-base/version.gitMinor=36',
  ],
} as const;

const KWOK_STAGES = [
  'node/fast/node-initialize.yaml',
  'node/heartbeat-with-lease/node-heartbeat-with-lease.yaml',
  'pod/fast/pod-ready.yaml',
  'pod/fast/pod-complete.yaml',
  'pod/fast/pod-delete.yaml',
] as const;

function crds(module: string): Asset[] {
  return [{ module, path: 'config/crd/bases' }];
}

/** Every program, in the order in which a twin needs them. */
export const PROGRAMS = {
  etcd: {
    module: 'etcd',
    package: 'go.etcd.io/etcd/server/v3',
    version: '3.6.5',
    versionArgs: ['--version'],
    buildSeconds: 27,
    what: "the cluster's database",
  },
  'kube-apiserver': {
    ...KUBERNETES,
    package: 'k8s.io/kubernetes/cmd/kube-apiserver',
    versionArgs: ['--version'],
    buildSeconds: 235,
    what: 'the API server',
  },
  'kube-controller-manager': {
    ...KUBERNETES,
    package: 'k8s.io/kubernetes/cmd/kube-controller-manager',
    versionArgs: ['--version'],
    buildSeconds: 53,
    what: "Kubernetes' controllers",
  },
  'kube-scheduler': {
    ...KUBERNETES,
    package: 'k8s.io/kubernetes/cmd/kube-scheduler',
    versionArgs: ['--version'],
    buildSeconds: 5,
    what: 'the scheduler',
  },
  kwok: {
    module: 'kwok',
    package: 'sigs.k8s.io/kwok/cmd/kwok',
    version: '0.8.0',
    assets: KWOK_STAGES.map((path) => ({ module: 'sigs.k8s.io/kwok', path: `kustomize/stage/${path}` })),
    buildSeconds: 64,
    what: 'simulated nodes',
  },
  'source-controller': {
    module: 'source-controller',
    package: 'github.com/fluxcd/source-controller',
    version: '1.9.6',
    assets: crds('github.com/fluxcd/source-controller'),
    buildSeconds: 139,
    what: 'Flux: fetches Git and charts',
  },
  'kustomize-controller': {
    module: 'kustomize-controller',
    package: 'github.com/fluxcd/kustomize-controller',
    version: '1.9.6',
    assets: crds('github.com/fluxcd/kustomize-controller'),
    buildSeconds: 143,
    what: 'Flux: applies Kustomizations',
  },
  'helm-controller': {
    module: 'helm-controller',
    package: 'github.com/fluxcd/helm-controller',
    version: '1.6.0',
    assets: crds('github.com/fluxcd/helm-controller'),
    buildSeconds: 86,
    what: 'Flux: applies HelmReleases',
  },
  'metallb-controller': {
    module: 'metallb-controller',
    package: 'go.universe.tf/metallb/controller',
    version: '0.16.1',
    // It has no flag for the address it listens at, and everything of a twin stays on loopback.
    edits: [
      {
        module: 'go.universe.tf/metallb',
        path: 'internal/k8s/k8s.go',
        from: '"0.0.0.0:%d"',
        to: '"127.0.0.1:%d"',
      },
      {
        module: 'go.universe.tf/metallb',
        path: 'controller/main.go',
        from: '(":%d", *healthProbePort)',
        to: '("127.0.0.1:%d", *healthProbePort)',
      },
    ],
    buildSeconds: 95,
    what: 'gives Services their addresses',
  },
  'prometheus-operator': {
    module: 'prometheus-operator',
    package: 'github.com/prometheus-operator/prometheus-operator/cmd/operator',
    version: '0.93.1',
    buildSeconds: 82,
    what: 'makes Prometheus and Alertmanager of their objects',
  },
  'kube-state-metrics': {
    module: 'kube-state-metrics',
    package: 'k8s.io/kube-state-metrics/v2',
    version: '2.20.0',
    buildSeconds: 71,
    what: "metrics of the API's objects",
  },
  sops: {
    module: 'sops',
    package: 'github.com/getsops/sops/v3/cmd/sops',
    version: '3.13.3',
    ldflags: ['-X github.com/getsops/sops/v3/version.Version=3.13.3'],
    versionArgs: ['--version', '--disable-version-check'],
    buildSeconds: 50,
    what: 'encrypts and decrypts secrets',
  },
  'flux-build': {
    module: 'flux-build',
    package: 'homeplane.dev/toolchain/flux-build',
    version: '1.35.7',
    buildSeconds: 40,
    what: "builds Kustomizations without a cluster, with Flux' own library",
  },
  helm: {
    module: 'helm',
    package: 'helm.sh/helm/v4/cmd/helm',
    version: '4.3.1',
    versionArgs: ['version', '--short'],
    buildSeconds: 74,
    what: 'renders charts',
  },
  kubeadm: {
    ...KUBERNETES,
    package: 'k8s.io/kubernetes/cmd/kubeadm',
    versionArgs: ['version', '--output=short'],
    buildSeconds: 13,
    what: 'checks machine configurations in tests',
  },
  talosctl: {
    module: 'talosctl',
    package: 'github.com/siderolabs/talos/cmd/talosctl',
    version: '1.13.0',
    buildSeconds: 165,
    what: 'checks Talos machine configurations in tests',
  },
  promtool: {
    module: 'prometheus',
    package: 'github.com/prometheus/prometheus/cmd/promtool',
    version: '0.316.0',
    buildSeconds: 200,
    what: 'checks and tests alerting rules in tests',
  },
  amtool: {
    module: 'alertmanager',
    package: 'github.com/prometheus/alertmanager/cmd/amtool',
    version: '0.34.2',
    versionArgs: ['--version'],
    buildSeconds: 39,
    what: 'checks the routing of alerts in tests',
  },
  kubectl: {
    ...KUBERNETES,
    package: 'k8s.io/kubernetes/cmd/kubectl',
    versionArgs: ['version', '--client'],
    buildSeconds: 19,
    what: 'for you; homeplane itself does not need it',
  },
} as const satisfies Record<string, Program>;

export type ProgramName = keyof typeof PROGRAMS;

/** The table as a list, with names. */
export function listPrograms(): (Program & { readonly name: ProgramName })[] {
  return Object.entries<Program>(PROGRAMS).map(([name, program]) => ({
    name: name as ProgramName,
    ...program,
  }));
}
