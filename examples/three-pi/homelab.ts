// Three Raspberry Pi 5 that are all control planes, on another LAN and under another domain.
import {
  certManager,
  cluster,
  defineHomelab,
  flannel,
  flux,
  metallb,
  node,
  nvme,
  raspberryPi5,
  site,
  statusPage,
  traefik,
  ubuntu,
} from 'homeplane';

const boards = [1, 2, 3].map((number) =>
  raspberryPi5(`pi-${number}`, { memory: '16GB', disks: [nvme('512GB')] }),
);

const cellar = site('cellar', {
  lan: {
    subnet: '10.20.0.0/22',
    gateway: '10.20.0.1',
    reserved: [{ range: '10.20.2.0-10.20.2.255', for: 'DHCP of the router' }],
    pools: { main: '10.20.1.10-10.20.1.40' },
  },
  power: { supplyWatts: 81 },
  boards,
});

const lab = cluster('lab', {
  environment: 'production',
  domain: 'lab.example.org',
  os: ubuntu({ release: '24.04' }),
  kubernetes: '1.36.3',
  // Free on the LAN: whichever control plane is alive answers for it.
  controlPlaneAddress: '10.20.0.10',
  network: { pods: '10.244.0.0/16', services: '10.96.0.0/16', pool: 'main' },
  nodes: boards.map((board, index) =>
    node(`pi-${index + 1}`, {
      on: board,
      address: `10.20.0.${11 + index}`,
      roles: ['control-plane', 'worker'],
    }),
  ),
  components: [flannel(), metallb(), certManager(), traefik({ requestsPerSecond: 50 }), statusPage(), flux()],
});

export default defineHomelab({
  name: 'three-pi',
  git: { url: 'https://git.example.org/me/homelab', branch: 'main' },
  zone: 'example.org',
  email: 'me@example.org',
  sites: [cellar],
  clusters: [lab],
});
