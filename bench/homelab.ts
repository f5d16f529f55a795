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
  traefik,
  ubuntu,
} from '../src/index.ts';

/** A homelab of any size: each cluster with three boards in a site of its own. */
export function generatedHomelab(clusters: number) {
  const numbers = Array.from({ length: clusters }, (_, index) => index + 1);
  const network = (n: number) => `10.${Math.floor(n / 250)}.${n % 250}`;
  const sites = numbers.map((n) =>
    site(`site-${n}`, {
      lan: {
        subnet: `${network(n)}.0/24`,
        gateway: `${network(n)}.1`,
        pools: { main: `${network(n)}.200-220` },
      },
      boards: [1, 2, 3].map((b) => raspberryPi5(`pi-${n}-${b}`, { memory: '8GB', disks: [nvme('512GB')] })),
    }),
  );
  return defineHomelab({
    name: 'generated',
    git: { url: 'https://git.example.org/me/generated' },
    zone: 'example.org',
    email: 'me@example.org',
    sites,
    clusters: numbers.map((n, index) =>
      cluster(`cluster-${n}`, {
        environment: 'production',
        domain: `c${n}.example.org`,
        os: ubuntu({ release: '24.04' }),
        kubernetes: '1.36.3',
        controlPlaneAddress: `${network(n)}.10`,
        network: { pods: '172.20.0.0/16', services: '172.21.0.0/16', pool: 'main' },
        nodes: (sites[index]?.boards ?? []).map((board, b) =>
          node(`node-${b + 1}`, {
            on: board,
            address: `${network(n)}.${11 + b}`,
            roles: ['control-plane', 'worker'],
          }),
        ),
        components: [flannel(), metallb(), certManager(), traefik(), flux()],
      }),
    ),
  });
}
