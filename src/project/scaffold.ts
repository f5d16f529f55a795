import { formatIp, parseCidr } from '../util/index.ts';

/** Boards that `homeplane init` knows how to write down. */
export const BOARD_KINDS = {
  'turing-pi-2': {
    label: 'Turing Pi 2 with RK1 modules',
    most: 4,
    memory: ['8GB', '16GB', '32GB'],
    disks: [{ factory: 'nvme', size: '1TB' }],
  },
  'raspberry-pi-5': {
    label: 'Raspberry Pi 5',
    most: 20,
    memory: ['8GB', '4GB', '16GB', '2GB'],
    disks: [{ factory: 'nvme', size: '1TB' }],
  },
  'raspberry-pi-4': {
    label: 'Raspberry Pi 4 Model B',
    most: 20,
    memory: ['8GB', '4GB', '2GB'],
    disks: [
      { factory: 'microSd', size: '64GB' },
      { factory: 'usbSsd', size: '1TB' },
    ],
  },
} as const;
export type BoardKind = keyof typeof BOARD_KINDS;

/** Everything that a first definition is made of. */
export interface Answers {
  readonly name: string;
  readonly board: BoardKind;
  /** Modules of the carrier, or boards. */
  readonly count: number;
  readonly memory: string;
  readonly subnet: string;
  readonly gateway: string;
  readonly domain: string;
  readonly zone: string;
  readonly repository: string;
  readonly email: string;
}

/** What the LAN must have room for: nodes from .10 up, sixteen load-balancer addresses at the end. */
const SMALLEST_LAN = 26;
const FIRST_NODE = 10;
const POOL_SIZE = 16;

/**
 * The files of a new homelab, path -> content.
 * @throws RangeError that names the flag when an answer cannot be.
 */
export function scaffold(answers: Answers): ReadonlyMap<string, string> {
  const { memory, most } = BOARD_KINDS[answers.board];
  if (!(memory as readonly string[]).includes(answers.memory))
    throw new RangeError(`--memory ${answers.memory}: a ${answers.board} has ${memory.join(', ')}`);
  if (answers.count > most)
    throw new RangeError(`--count ${answers.count}: at most ${most} for ${answers.board}`);
  return new Map([
    ['homelab.ts', definition(answers)],
    [
      'package.json',
      `${JSON.stringify({ name: answers.name, private: true, type: 'module', scripts: { start: 'homeplane up', check: 'homeplane check', build: 'homeplane build' }, devDependencies: { homeplane: '^0.1.0' } }, null, 2)}\n`,
    ],
    [
      'tsconfig.json',
      `${JSON.stringify({ compilerOptions: { target: 'es2023', module: 'nodenext', strict: true, noEmit: true, skipLibCheck: true }, include: ['*.ts'] }, null, 2)}\n`,
    ],
    ['.gitignore', 'node_modules/\n.homeplane/\n'],
  ]);
}

function definition(answers: Answers): string {
  const { name, board, memory, count, subnet, gateway, domain, zone, repository, email } = answers;
  const { nodes, virtualIp, pool } = addresses(subnet, count);
  const turing = board === 'turing-pi-2';
  const factory = {
    'turing-pi-2': 'turingPi2',
    'raspberry-pi-5': 'raspberryPi5',
    'raspberry-pi-4': 'raspberryPi4',
  }[board];
  const disks = BOARD_KINDS[board].disks.map(({ factory: disk, size }) => `${disk}('${size}')`).join(', ');
  // etcd wants an odd number of control planes: all of three, one of two.
  const planes = count >= 3 ? 3 : 1;
  const os = turing ? 'talos' : 'ubuntu';
  const imports = [
    'certManager',
    'cluster',
    'defineHomelab',
    'flannel',
    'flux',
    'metallb',
    'node',
    'site',
    'traefik',
    ...(turing ? ['rk1', 'slot'] : []),
    ...BOARD_KINDS[board].disks.map(({ factory: disk }) => disk),
    factory,
    os,
  ].toSorted();
  const boards = turing
    ? [
        `const turing = turingPi2('turing', {\n  slots: {\n${nodes.map((_, i) => `    ${i + 1}: rk1({ memory: '${memory}', disks: [${disks}] }),\n`).join('')}  },\n});`,
      ]
    : nodes.map(
        (_, i) => `const pi${i + 1} = ${factory}('pi-${i + 1}', { memory: '${memory}', disks: [${disks}] });`,
      );
  const places = turing ? nodes.map((_, i) => `slot(turing, ${i + 1})`) : nodes.map((_, i) => `pi${i + 1}`);
  const nodeLines = nodes.map((address, i) => {
    const roles = i < planes ? ", roles: ['control-plane', 'worker']" : '';
    return `    node('node-${i + 1}', { on: ${places[i]}, address: '${address}'${roles} }),`;
  });
  return `import {
${imports.map((word) => `  ${word},`).join('\n')}
} from 'homeplane';

${boards.join('\n')}

const home = site('home', {
  lan: {
    subnet: '${subnet}',
    gateway: '${gateway}',
    // Add the DHCP range of your router: reserved: [{ range: 'FIRST-LAST', for: 'DHCP' }]
    pools: { main: '${pool}' },
  },
  boards: [${turing ? 'turing' : nodes.map((_, i) => `pi${i + 1}`).join(', ')}],
});

const production = cluster('production', {
  environment: 'production',
  domain: '${domain}',
  os: ${turing ? "talos({ version: '1.13.0' })" : "ubuntu({ release: '24.04' })"},
  kubernetes: '1.36.3',
  controlPlaneAddress: '${planes > 1 ? virtualIp : nodes[0]}',
  network: { pods: '10.42.0.0/16', services: '10.43.0.0/16', pool: 'main' },
  nodes: [
${nodeLines.join('\n')}
  ],
  components: [flannel(), metallb(), certManager(), traefik(), flux()],
});

export default defineHomelab({
  name: '${name}',
  git: { url: '${repository}' },
  zone: '${zone}',
  email: '${email}',
  sites: [home],
  clusters: [production],
});
`;
}

function addresses(subnet: string, count: number): { nodes: string[]; virtualIp: string; pool: string } {
  const lan = parseCidr(subnet);
  if (lan === undefined || lan.prefix > SMALLEST_LAN)
    throw new RangeError(
      `--subnet ${subnet}: a network of at least a /${SMALLEST_LAN}, such as 192.168.1.0/24`,
    );
  const nodes = Array.from({ length: count }, (_, index) => formatIp(lan.first + FIRST_NODE + 1 + index));
  const pool = `${formatIp(lan.last - POOL_SIZE)}-${formatIp(lan.last - 1)}`;
  return { nodes, virtualIp: formatIp(lan.first + FIRST_NODE), pool };
}
