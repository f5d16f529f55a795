import {
  certManager,
  cluster,
  defineHomelab,
  flannel,
  flux,
  kubePrometheusStack,
  longhorn,
  metallb,
  microSd,
  node,
  nvme,
  polaris,
  raspberryPi4,
  rk1,
  site,
  slot,
  talos,
  traefik,
  trivyOperator,
  turingPi2,
  ubuntu,
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
  power: { supplyWatts: 120, ups: { wattHours: 300, watts: 400 } },
  boards: [turing, pi],
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
    longhorn({ backup: { target: 'nfs://192.168.100.20:/volume1/longhorn' } }),
    trivyOperator(),
    polaris(),
    kubePrometheusStack(),
    flux(),
  ],
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
    kubePrometheusStack(),
    flux(),
  ],
});

export default defineHomelab({
  name: 'homelab',
  git: { url: 'https://github.com/example/homelab', path: 'homelab' },
  zone: 'hallonen.se',
  email: 'hostmaster@hallonen.se',
  sites: [home],
  clusters: [production, staging],
});
