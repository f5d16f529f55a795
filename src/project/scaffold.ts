import { dnsLabel, domainName, email, gitUrl, ipAddress, ipNetwork } from '../model/index.ts';
import { formatIp, parseCidr } from '../util/index.ts';
import { BOARD_KINDS, type BoardKind } from './board-kinds.ts';

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

/** What an answer must look like, by its flag; the same schemas as the definition's. */
const FORMS = {
  name: dnsLabel,
  domain: domainName,
  zone: domainName,
  gateway: ipAddress,
  subnet: ipNetwork,
  repository: gitUrl,
  email,
};

/** Everything wrong with the answers, each with its flag. */
function mistakes(answers: Answers): string[] {
  const { board, memory, count } = answers;
  const kind = BOARD_KINDS[board];
  const found = Object.entries(FORMS).flatMap(([flag, form]) => {
    const parsed = form.safeParse(answers[flag as keyof typeof FORMS]);
    return parsed.success ? [] : [`--${flag}: ${parsed.error.issues[0]?.message}`];
  });
  if (!(kind.memory as readonly string[]).includes(memory))
    found.push(`--memory ${memory}: a ${board} has ${kind.memory.join(', ')}`);
  if (count > kind.most) found.push(`--count ${count}: at most ${kind.most} for ${board}`);
  if ((parseCidr(answers.subnet)?.prefix ?? 0) > SMALLEST_LAN)
    found.push(
      `--subnet ${answers.subnet}: a network of at least a /${SMALLEST_LAN}, such as 192.168.1.0/24`,
    );
  return found;
}

/**
 * The files of a new homelab, path -> content.
 * @throws RangeError that says everything that is wrong with the answers.
 */
export function scaffold(answers: Answers): ReadonlyMap<string, string> {
  const wrong = mistakes(answers);
  if (wrong.length > 0) throw new RangeError(wrong.join('\n  '));
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
    ['.gitignore', 'node_modules/\n.homeplane/\n*.agekey\n'],
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
  if (lan === undefined) throw new RangeError(`--subnet ${subnet}`);
  const nodes = Array.from({ length: count }, (_, index) => formatIp(lan.first + FIRST_NODE + 1 + index));
  const pool = `${formatIp(lan.last - POOL_SIZE)}-${formatIp(lan.last - 1)}`;
  return { nodes, virtualIp: formatIp(lan.first + FIRST_NODE), pool };
}
