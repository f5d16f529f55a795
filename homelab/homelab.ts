import {
  access,
  app,
  certManager,
  cluster,
  defineHomelab,
  externalDns,
  flannel,
  flux,
  kubePrometheusStack,
  loki,
  longhorn,
  metallb,
  microSd,
  node,
  nvme,
  polaris,
  raspberryPi4,
  rk1,
  secret,
  site,
  slot,
  statusPage,
  talos,
  traefik,
  trivyOperator,
  turingPi2,
  ubuntu,
  ups,
  usbSsd,
} from 'homeplane';

const turing = turingPi2('turing', {
  bmc: '192.168.100.10',
  slots: {
    1: rk1({ memory: '32GB', disks: [nvme('1TB')] }),
    2: rk1({ memory: '32GB', disks: [nvme('1TB')] }),
    3: rk1({ memory: '32GB', disks: [nvme('1TB')] }),
  },
});

const pi = raspberryPi4('pi', { memory: '8GB', disks: [microSd('256GB'), usbSsd('1TB')] });

const home = site('home', {
  lan: {
    subnet: '192.168.100.0/24',
    gateway: '192.168.100.1',
    reserved: [{ range: '192.168.100.200-250', for: 'DHCP of the router' }],
    pools: {
      production: '192.168.100.160-179',
      staging: '192.168.100.180-199',
    },
  },
  uplink: { downMbps: 250, upMbps: 100 },
  power: {
    supplyWatts: 120,
    ups: { wattHours: 300, watts: 400 },
    price: { perKwh: 0.2, currency: 'EUR', hardware: 1450 },
  },
  boards: [turing, pi],
});

/** A start page, the same on both clusters. */
const dashboard = (domain: string) =>
  app('dashboard', {
    image: 'ghcr.io/gethomepage/homepage:v1.4.6',
    updates: '^1.4.0',
    port: 3000,
    host: 'home',
    login: true,
    health: '/api/healthcheck',
    env: { HOMEPAGE_ALLOWED_HOSTS: `home.${domain}` },
    scratch: ['/app/config', '/app/.next/cache'],
    requests: { cpu: '20m', memory: '128Mi' },
  });

const vault = (domain: string) =>
  app('vault', {
    image: 'ghcr.io/dani-garcia/vaultwarden:1.34.3',
    updates: '^1.34.0',
    port: 8080,
    host: 'vault',
    health: '/alive',
    env: {
      ROCKET_PORT: '8080',
      DOMAIN: `https://vault.${domain}`,
      SIGNUPS_ALLOWED: 'false',
      ADMIN_TOKEN: secret('admin-token'),
    },
    storage: { '/data': { size: '2Gi', class: 'fast' } },
    requests: { cpu: '20m', memory: '96Mi' },
    availability: 99.5,
  });

const photos = app('photos', {
  image: 'ghcr.io/immich-app/immich-server:v1.137.3',
  port: 2283,
  host: 'photos',
  public: true,
  health: '/api/server/ping',
  env: {
    DB_HOSTNAME: 'db',
    DB_USERNAME: 'immich',
    DB_DATABASE_NAME: 'immich',
    DB_PASSWORD: secret('db-password'),
    REDIS_HOSTNAME: 'cache',
  },
  storage: { '/data': { size: '300Gi' } },
  requests: { cpu: '200m', memory: '512Mi' },
  limits: { cpu: '4', memory: '3Gi' },
  availability: 99,
  parts: {
    db: {
      image: 'ghcr.io/immich-app/postgres:14-vectorchord0.4.3-pgvectors0.2.0',
      port: 5432,
      user: 999,
      env: {
        POSTGRES_USER: 'immich',
        POSTGRES_DB: 'immich',
        POSTGRES_PASSWORD: secret('db-password'),
        PGDATA: '/var/lib/postgresql/data/pgdata',
      },
      storage: { '/var/lib/postgresql/data': { size: '10Gi', class: 'fast' } },
      scratch: ['/var/run/postgresql'],
      requests: { cpu: '100m', memory: '256Mi' },
    },
    cache: {
      image: 'docker.io/valkey/valkey:8.1.3-alpine',
      port: 6379,
      user: 999,
      scratch: ['/data'],
      requests: { cpu: '20m', memory: '64Mi' },
    },
  },
});

const git = app('git', {
  image: 'codeberg.org/forgejo/forgejo:12.0.1-rootless',
  port: 3000,
  host: 'git',
  health: '/api/healthz',
  env: { FORGEJO__server__ROOT_URL: 'https://git.local.hallonen.se' },
  storage: { '/var/lib/gitea': { size: '50Gi', class: 'fast' } },
  scratch: ['/etc/gitea'],
  requests: { cpu: '50m', memory: '256Mi' },
});

const media = app('media', {
  image: 'docker.io/jellyfin/jellyfin:10.10.7',
  port: 8096,
  host: 'media',
  health: '/health',
  storage: {
    '/config': { size: '20Gi' },
    // Can be had again: not worth its place at the backup target.
    '/media': { size: '200Gi', class: 'backup', backup: false },
  },
  scratch: ['/cache'],
  requests: { cpu: '200m', memory: '512Mi' },
  limits: { cpu: '4', memory: '2Gi' },
});

const production = cluster('production', {
  environment: 'production',
  domain: 'local.hallonen.se',
  os: talos({ version: '1.13.0' }),
  kubernetes: '1.36.3',
  controlPlaneAddress: '192.168.100.101',
  network: { pods: '10.42.0.0/16', services: '10.43.0.0/16', pool: 'production' },
  nodes: [
    node('rk1-1', { on: slot(turing, 1), address: '192.168.100.101', roles: ['control-plane', 'worker'] }),
    node('rk1-2', { on: slot(turing, 2), address: '192.168.100.102' }),
    node('rk1-3', { on: slot(turing, 3), address: '192.168.100.103' }),
  ],
  components: [
    flannel(),
    metallb(),
    certManager(),
    traefik({ address: '192.168.100.160' }),
    externalDns({ target: 'home.hallonen.se' }),
    longhorn({ backup: { target: 'nfs://192.168.100.20:/volume1/longhorn' } }),
    trivyOperator(),
    polaris(),
    access(),
    kubePrometheusStack({
      notify: {
        discord: true,
        email: {
          to: 'hostmaster@hallonen.se',
          from: 'homelab@hallonen.se',
          smarthost: 'smtp.hallonen.se:587',
          escalateAfterMinutes: 30,
        },
        deadMansSwitch: true,
      },
      maintenance: [
        {
          name: 'sunday-night',
          weekdays: ['sunday'],
          from: '03:00',
          to: '05:00',
          timeZone: 'Europe/Stockholm',
        },
      ],
    }),
    loki(),
    ups(),
    statusPage(),
    flux({ notify: { discord: true, commitStatus: true } }),
  ],
  apps: [dashboard('local.hallonen.se'), vault('local.hallonen.se'), photos, git, media],
});

const staging = cluster('staging', {
  environment: 'staging',
  domain: 'staging.hallonen.se',
  os: ubuntu({ release: '22.04' }),
  kubernetes: '1.36.3',
  controlPlaneAddress: '192.168.100.110',
  network: { pods: '10.52.0.0/16', services: '10.53.0.0/16', pool: 'staging' },
  nodes: [node('pi', { on: pi, address: '192.168.100.110', roles: ['control-plane', 'worker'] })],
  components: [
    flannel(),
    metallb(),
    certManager(),
    traefik({ address: '192.168.100.180' }),
    longhorn(),
    trivyOperator(),
    polaris(),
    access(),
    kubePrometheusStack({ notify: { discord: true } }),
    ups({ server: '192.168.100.101' }),
    flux({ gitSecret: 'git-credentials', imageAutomation: true }),
  ],
  apps: [dashboard('staging.hallonen.se'), vault('staging.hallonen.se')],
});

export default defineHomelab({
  name: 'homelab',
  git: { url: 'https://github.com/example/homelab', path: 'homelab' },
  zone: 'hallonen.se',
  email: 'hostmaster@hallonen.se',
  sites: [home],
  clusters: [production, staging],
});
