import {
  access,
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
  node,
  nvme,
  polaris,
  raspberryPi5,
  site,
  statusPage,
  traefik,
  trivyOperator,
  ubuntu,
  ups,
} from '../../src/index.ts';
import type { Definition } from '../../src/model/index.ts';

/** A sound definition for tests to break: three boards, one control plane. Made anew for each call. */
export function soundDefinition(): Definition {
  const boards = [1, 2, 3].map((number) =>
    raspberryPi5(`pi-${number}`, { memory: '8GB', disks: [nvme('512GB')] }),
  );
  const home = site('home', {
    lan: {
      subnet: '192.168.7.0/24',
      gateway: '192.168.7.1',
      reserved: [{ range: '192.168.7.100-192.168.7.140', for: 'DHCP' }],
      pools: { main: '192.168.7.160-179' },
    },
    boards,
  });
  const lab = cluster('lab', {
    environment: 'production',
    domain: 'lab.example.org',
    os: ubuntu({ release: '24.04' }),
    kubernetes: '1.36.3',
    controlPlaneAddress: '192.168.7.11',
    network: { pods: '10.42.0.0/16', services: '10.43.0.0/16', pool: 'main' },
    nodes: boards.map((board, index) =>
      node(`pi-${index + 1}`, {
        on: board,
        address: `192.168.7.${11 + index}`,
        roles: index === 0 ? ['control-plane', 'worker'] : ['worker'],
      }),
    ),
    components: [
      flannel(),
      metallb(),
      certManager(),
      traefik(),
      longhorn({ backup: { target: 'nfs://192.168.7.5:/backup' } }),
      trivyOperator(),
      polaris(),
      access(),
      ups(),
      loki(),
      statusPage(),
      externalDns({ target: 'home.example.org' }),
      kubePrometheusStack({ notify: { discord: true } }),
      flux(),
    ],
  });
  return defineHomelab({
    name: 'test',
    git: { url: 'https://git.example.org/me/lab' },
    zone: 'example.org',
    email: 'me@example.org',
    sites: [home],
    clusters: [lab],
  });
}
