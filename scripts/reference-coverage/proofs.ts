/** One proof: a part of homeplane, a text that it leaves in the reference homelab's tree, and the test that looks. */
export interface Proof {
  readonly by: string;
  /** File below `homelab/`, and a text in it. */
  readonly file: string;
  readonly text: string;
  readonly test: string;
}

const P = 'clusters/production';
const S = 'clusters/staging';
const M = 'monitoring/production';

function proof(by: string, file: string, text: string, test: string): Proof {
  return { by, file, text, test };
}

const CONVERGE = 'test/real/converge.test.ts';
const MACHINES = 'test/real/machines.test.ts';
const CHARTS = 'test/real/charts.test.ts';
const MONITORING = 'test/real/monitoring.test.ts';
const COMPILE = 'src/compile/compile.test.ts';
const HOSTS = 'src/compile/machines/machines.test.ts';
const COMPONENTS = 'src/components/components.test.ts';
const RENOVATE = 'src/compile/delivery/renovate.test.ts';
const APPS = 'src/apps/apps.test.ts';
const COMPLIANCE = 'src/check/compliance/compliance.test.ts';

/** Everything that the reference architecture is shown by. */
export const PROOFS = {
  definition: proof('definition', 'homelab.ts', "cluster('production'", 'test/fast/golden.test.ts'),
  production: proof('definition', 'README.md', '## production', CONVERGE),
  staging: proof('definition', 'README.md', '## staging', CONVERGE),
  board: proof('model', 'homelab.ts', "turingPi2('turing'", 'src/model/read.test.ts'),
  controlPlane: proof('machines', 'machines/production/rk1-1/talos-patch.yaml', 'allowSchedulingOnControlPlanes: true', MACHINES),
  worker: proof('machines', 'machines/production/rk1-2/talos-patch.yaml', 'hostname: rk1-2', MACHINES),
  pi: proof('machines', 'machines/staging/pi/kubeadm.yaml', 'name: pi', MACHINES),
  metallb: proof('metallb', `${P}/network/metallb/release.yaml`, 'chart: metallb', CONVERGE),
  traefik: proof('traefik', `${P}/network/traefik/release.yaml`, 'chart: traefik', CONVERGE),
  longhorn: proof('longhorn', `${P}/storage/longhorn/release.yaml`, 'chart: longhorn', CONVERGE),
  certManager: proof('cert-manager', `${P}/security/cert-manager/release.yaml`, 'chart: cert-manager', CONVERGE),
  monitoring: proof('kube-prometheus-stack', `${P}/monitoring/kube-prometheus-stack/release.yaml`, 'chart: kube-prometheus-stack', CONVERGE),
  grafana: proof('kube-prometheus-stack', `${P}/monitoring/kube-prometheus-stack/release.yaml`, 'existingSecret: grafana-admin', CHARTS),
  alertmanager: proof('kube-prometheus-stack', `${M}/alertmanager.yaml`, 'receivers:', MONITORING),
  trivy: proof('trivy-operator', `${P}/security/trivy-operator/release.yaml`, 'chart: trivy-operator', CONVERGE),
  polaris: proof('polaris', `${P}/security/polaris/release.yaml`, 'chart: polaris', CONVERGE),
  podSecurity: proof('compile', `${P}/network/traefik/namespace.yaml`, 'pod-security.kubernetes.io/enforce: restricted', CONVERGE),
  auditPolicy: proof('machines', 'machines/production/rk1-1/talos-patch.yaml', 'auditPolicy:', CONVERGE),
  scheduler: proof('machines', 'machines/production/rk1-1/talos-patch.yaml', 'KubeSchedulerConfiguration', CONVERGE),
  controllerManager: proof('machines', 'machines/production/rk1-1/talos-patch.yaml', 'controllerManager:', CONVERGE),
  etcd: proof('machines', 'machines/production/rk1-1/talos-patch.yaml', 'listen-metrics-urls', MACHINES),
  kubelet: proof('machines', 'machines/production/rk1-2/talos-patch.yaml', 'systemReserved:', MACHINES),
  ups: proof('ups', `${P}/monitoring/ups/objects.yaml`, 'override.battery.runtime.low = 480', CONVERGE),
  imageAutomation: proof('flux', 'versions/staging.yaml', '$imagepolicy', APPS),
  capacity: proof('capacity', 'homelab.ts', 'price: { perKwh', CONVERGE),
  investment: proof('capacity', 'homelab.ts', 'hardware: 1450', 'src/capacity/capacity.test.ts'),
  sites: proof('compile', `${S}/flux-system/sync.yaml`, './homelab/clusters/staging', COMPILE),
  kubeProxy: proof('machines', 'machines/staging/pi/kubeadm.yaml', 'KubeProxyConfiguration', MACHINES),
  containerd: proof('machines', 'machines/staging/pi/cloud-init.yaml', 'SystemdCgroup = true', HOSTS),
  modules: proof('model', 'homelab.ts', "rk1({ memory: '32GB', disks: [nvme('1TB')] })", CONVERGE),
  nvme: proof('machines', 'machines/production/rk1-2/talos-patch.yaml', "disk.transport == 'nvme'", HOSTS),
  address: proof('machines', 'machines/production/rk1-1/talos-patch.yaml', '192.168.100.101/24', MACHINES),
  talos: proof('machines', 'machines/production/rk1-1/schematic.yaml', 'turingrk1', HOSTS),
  piBoard: proof('model', 'homelab.ts', "raspberryPi4('pi'", CONVERGE),
  piDisks: proof('machines', 'machines/staging/pi/cloud-init.yaml', 'device: /dev/sda', HOSTS),
  piNetwork: proof('machines', 'machines/staging/pi/network-config.yaml', '192.168.100.110/24', HOSTS),
  ubuntu: proof('machines', 'machines/staging/pi/cloud-init.yaml', '#cloud-config', HOSTS),
  internet: proof('flows', `${P}/network/external-dns/network-policies.yaml`, 'cidr: 0.0.0.0/0', COMPILE),
  cloudflare: proof('external-dns', `${P}/network/external-dns/objects.yaml`, '--provider=cloudflare', COMPONENTS),
  router: proof('model', 'homelab.ts', "gateway: '192.168.100.1'", 'src/model/read.test.ts'),
  lan: proof('model', 'homelab.ts', "subnet: '192.168.100.0/24'", 'src/model/read.test.ts'),
  flannel: proof('flannel', `${S}/network/flannel/release.yaml`, 'chart: flannel', CONVERGE),
  layer2: proof('metallb', `${P}/network/metallb/config/l2advertisement-production.yaml`, 'kind: L2Advertisement', CONVERGE),
  poolProduction: proof('metallb', `${P}/network/metallb/config/ipaddresspool-production.yaml`, '192.168.100.160-192.168.100.179', CONVERGE),
  poolStaging: proof('metallb', `${S}/network/metallb/config/ipaddresspool-staging.yaml`, '192.168.100.180-192.168.100.199', CONVERGE),
  speaker: proof('metallb', `${P}/network/metallb/release.yaml`, 'speaker:', CHARTS),
  https: proof('traefik', `${P}/network/traefik/release.yaml`, 'permanent: true', CHARTS),
  wildcard: proof('cert-manager', `${P}/network/traefik/config/certificate-wildcard.yaml`, '*.local.hallonen.se', CONVERGE),
  dns01: proof('cert-manager', `${P}/security/cert-manager/config/clusterissuer-letsencrypt.yaml`, 'cloudflare:', COMPILE),
  rateLimit: proof('traefik', `${P}/network/traefik/config/middleware-rate-limit.yaml`, 'average: 100', CONVERGE),
  traefikDashboard: proof('traefik', `${P}/network/traefik/config/ingressroute-dashboard.yaml`, 'api@internal', CONVERGE),
  policies: proof('flows', `${P}/network/traefik/network-policies.yaml`, 'name: default-deny', COMPILE),
  tls: proof('traefik', `${P}/network/traefik/config/tlsoption-default.yaml`, 'minVersion: VersionTLS12', CONVERGE),
  longhornUi: proof('longhorn', `${P}/storage/longhorn/config/ingressroute-longhorn.yaml`, 'longhorn.local.hallonen.se', CONVERGE),
  longhornResources: proof('longhorn', `${P}/storage/longhorn/release.yaml`, 'longhornManager:', CHARTS),
  csi: proof('longhorn', `${P}/storage/longhorn/release.yaml`, 'csi:', CHARTS),
  classes: proof('longhorn', `${P}/storage/longhorn/objects.yaml`, 'kind: StorageClass', HOSTS),
  fast: proof('longhorn', `${P}/storage/longhorn/objects.yaml`, 'name: longhorn-fast', HOSTS),
  standard: proof('longhorn', `${P}/storage/longhorn/objects.yaml`, 'name: longhorn-standard', HOSTS),
  backup: proof('longhorn', `${P}/storage/longhorn/objects.yaml`, 'name: longhorn-backup', HOSTS),
  snapshots: proof('longhorn', `${P}/storage/longhorn/config/recurringjob-snapshot.yaml`, 'task: snapshot', CONVERGE),
  zones: proof('longhorn', `${P}/storage/longhorn/release.yaml`, 'replicaZoneSoftAntiAffinity: false', COMPILE),
  exemptions: proof('polaris', `${P}/security/polaris/release.yaml`, 'exemptions:', COMPONENTS),
  admission: proof('polaris', `${P}/security/polaris/release.yaml`, 'webhook:', CHARTS),
  polarisUi: proof('polaris', `${P}/security/polaris/config/ingressroute-polaris.yaml`, 'polaris.local.hallonen.se', CONVERGE),
  roles: proof('access', `${P}/security/access/objects.yaml`, 'name: homeplane-operator', CONVERGE),
  compliance: proof('trivy-operator', `${P}/security/trivy-operator/release.yaml`, '0 1 * * *', CHARTS),
  complianceReport: proof('compliance', `${P}/flux-system/default-namespace.yaml`, 'default-deny', COMPLIANCE),
  trivyMetrics: proof('kube-prometheus-stack', `${P}/monitoring/kube-prometheus-stack/config/podmonitor-trivy-system.yaml`, 'portNumber: 8080', CONVERGE),
  multiArch: proof('delivery', '.github/workflows/homelab.yaml', 'homeplane images --verify', 'src/lock/lock.test.ts'),
  restrictedApp: proof('apps', `${P}/apps/vault/objects.yaml`, 'runAsNonRoot: true', APPS),
  readOnly: proof('apps', `${P}/apps/vault/objects.yaml`, 'readOnlyRootFilesystem: true', APPS),
  capabilities: proof('apps', `${P}/apps/vault/objects.yaml`, 'drop:', APPS),
  seccomp: proof('apps', `${P}/apps/vault/objects.yaml`, 'type: RuntimeDefault', APPS),
  nodeExporter: proof('kube-prometheus-stack', `${P}/monitoring/kube-prometheus-stack/release.yaml`, 'prometheus-node-exporter:', CHARTS),
  kubeState: proof('kube-prometheus-stack', `${P}/monitoring/kube-prometheus-stack/release.yaml`, 'kube-state-metrics:', CONVERGE),
  retention: proof('kube-prometheus-stack', `${P}/monitoring/kube-prometheus-stack/release.yaml`, 'retention: 30d', CHARTS),
  storageSize: proof('kube-prometheus-stack', `${P}/monitoring/kube-prometheus-stack/release.yaml`, 'retentionSize: 40GiB', CHARTS),
  prometheusHa: proof('kube-prometheus-stack', `${P}/monitoring/kube-prometheus-stack/release.yaml`, 'podAntiAffinity: hard', CONVERGE),
  monitors: proof('kube-prometheus-stack', `${P}/monitoring/kube-prometheus-stack/config/podmonitor-traefik.yaml`, 'kind: PodMonitor', CONVERGE),
  appMetrics: proof('kube-prometheus-stack', `${M}/rules/objectives.yaml`, 'traefik_service_requests_total', MONITORING),
  discord: proof('kube-prometheus-stack', `${M}/alertmanager.yaml`, 'name: discord', MONITORING),
  email: proof('kube-prometheus-stack', `${M}/alertmanager.yaml`, 'group_wait: 30m', MONITORING),
  grouping: proof('kube-prometheus-stack', `${M}/alertmanager.yaml`, 'group_by:', MONITORING),
  maintenance: proof('kube-prometheus-stack', `${M}/alertmanager.yaml`, 'sunday-night', MONITORING),
  armAlerts: proof('kube-prometheus-stack', `${M}/rules/kube-prometheus-stack.yaml`, 'NodeTemperatureHigh', MONITORING),
  dashboards: proof('kube-prometheus-stack', `${M}/dashboards/node-hardware.json`, 'node_thermal_zone_temp', MONITORING),
  fleet: proof('kube-prometheus-stack', `${M}/dashboards/fleet.json`, 'What is firing', MONITORING),
  loki: proof('loki', `${P}/monitoring/loki/objects.yaml`, 'grafana/loki', CONVERGE),
  objectives: proof('kube-prometheus-stack', `${M}/rules/objectives.yaml`, 'ErrorBudgetBurn', MONITORING),
  git: proof('flux', `${P}/flux-system/sync.yaml`, 'kind: GitRepository', CONVERGE),
  renovate: proof('delivery', 'renovate.json', 'custom.regex', RENOVATE),
  renovateSecurity: proof('delivery', 'renovate.json', 'osvVulnerabilityAlerts', RENOVATE),
  renovateSemver: proof('delivery', 'renovate.json', 'matchUpdateTypes', RENOVATE),
  workflow: proof('delivery', '.github/workflows/homelab.yaml', 'pull_request', RENOVATE),
  flux: proof('flux', `${P}/flux-system/flux/config/fluxinstance-flux.yaml`, 'source-controller', CONVERGE),
  repositories: proof('compile', `${P}/flux-system/repositories.yaml`, 'kind: HelmRepository', CONVERGE),
  health: proof('compile', `${P}/network/traefik.yaml`, 'healthChecks:', CONVERGE),
  apps: proof('apps', `${P}/apps/photos.yaml`, 'kind: Kustomization', CONVERGE),
  infrastructure: proof('compile', `${P}/storage/longhorn.yaml`, 'kind: Kustomization', CONVERGE),
  configuration: proof('compile', `${P}/storage/longhorn/config/kustomization.yaml`, 'resources:', CONVERGE),
  tenants: proof('compile', `${P}/apps/photos.yaml`, 'serviceAccountName: apps', APPS),
  environments: proof('model', 'homelab.ts', "environment: 'staging'", 'src/compile/compare.test.ts'),
  pace: proof('model', `${S}/flux-system/sync.yaml`, 'interval: 1m', 'src/compile/compare.test.ts'),
  slowPace: proof('model', `${P}/flux-system/sync.yaml`, 'interval: 5m', 'src/compile/compare.test.ts'),
  stagingMonitoring: proof('kube-prometheus-stack', `${S}/monitoring/kube-prometheus-stack/release.yaml`, 'scrapeInterval: 1m', CONVERGE),
  stagingSecurity: proof('machines', 'machines/staging/pi/kubeadm.yaml', 'kind: ClusterConfiguration', HOSTS),
  stagingDomain: proof('traefik', `${S}/network/traefik/config/certificate-wildcard.yaml`, '*.staging.hallonen.se', CONVERGE),
  cpuLimits: proof('components', `${P}/network/traefik/release.yaml`, 'limits:', CHARTS),
  flash: proof('machines', 'machines/staging/pi/cloud-init.yaml', 'noatime,commit=60', HOSTS),
  packing: proof('machines', 'machines/staging/pi/cloud-init.yaml', 'MostAllocated', CONVERGE),
  wornOut: proof('kube-prometheus-stack', `${M}/rules/kube-prometheus-stack.yaml`, 'DiskWornOutSoon', MONITORING),
  archRule: proof('check ARM001', 'homelab.ts', "rk1({ memory", 'src/check/rules.test.ts'),
  machineKinds: proof('model', 'homelab.ts', 'raspberryPi4', 'src/model/read.test.ts'),
  twin: proof('twin', 'homeplane.lock.json', '"clusters"', CONVERGE),
  nodes: proof('model', 'homelab.ts', "node('rk1-3'", 'src/model/read.test.ts'),
  fleetTargets: proof('kube-prometheus-stack', `${M}/dashboards/fleet.json`, 'CPU requested', MONITORING),
  power: proof('kube-prometheus-stack', `${M}/dashboards/power.json`, 'kwatth', MONITORING),
} as const satisfies Record<string, Proof>;

export type ProofName = keyof typeof PROOFS;
