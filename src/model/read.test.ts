import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { soundDefinition } from '../../test/support/definition.ts';
import { cluster, microSd, node, raspberryPi4, rk1, site, slot, turingPi2 } from '../index.ts';
import { readHomelab } from './index.ts';

/** Rules, paths and messages of everything wrong with a definition, in one line each. */
function mistakes(change: (definition: ReturnType<typeof soundDefinition>) => void): string[] {
  const definition = soundDefinition();
  change(definition);
  return readHomelab(definition).findings.map(
    ({ rule, at, message }) => `${rule} ${at.join('.')} ${message}`,
  );
}

describe('a sound definition', () => {
  const { homelab, findings } = readHomelab(soundDefinition());

  it('has no findings and is resolved', () => {
    expect(findings).toEqual([]);
    const [lab] = homelab?.clusters ?? [];
    expect(lab?.nodes.map(({ name, zone, controlPlane }) => `${name} ${zone} ${controlPlane}`)).toEqual([
      'pi-1 pi-1 true',
      'pi-2 pi-2 false',
      'pi-3 pi-3 false',
    ]);
    expect(lab?.nodes[0]?.machine.memory).toBe(8 * 2 ** 30);
    expect(lab?.pool.text).toBe('192.168.7.160-192.168.7.179');
  });

  it('takes slots of one carrier as zones', () => {
    const definition = soundDefinition();
    const board = turingPi2('turing', { slots: { 2: rk1({ memory: '16GB' }) } });
    definition.sites[0]?.boards.push(board);
    const [lab] = definition.clusters;
    if (lab === undefined) throw new Error('no cluster');
    lab.nodes = [
      node('only', { on: slot(board, 2), address: '192.168.7.50', roles: ['control-plane', 'worker'] }),
    ];
    const { homelab: read } = readHomelab(definition);
    expect(read?.clusters[0]?.nodes[0]).toMatchObject({
      zone: 'slot-2',
      machine: { cores: 8, slot: 2, model: 'rk1' },
    });
  });
});

describe('mistakes', () => {
  it('are all reported at once, each at the line of the call that made it', () => {
    const definition = soundDefinition();
    const first = definition.sites[0];
    // The next two calls are what the positions must lead to.
    const broken = site('cellar', {
      lan: { subnet: '10.0.0.5/24', gateway: 'router', pools: {} },
      boards: [],
    });
    const wrong = raspberryPi4('Wrong Name', { memory: '8GB', disks: [microSd('64 gigs')] });
    first?.boards.push(wrong);
    definition.sites.push(broken);
    const { homelab, findings } = readHomelab(definition);
    expect(homelab).toBeUndefined();
    expect(
      findings.map(({ at, message }) => `${at.join('.')} | ${message.split(': ').slice(1).join(': ')}`),
    ).toEqual([
      'sites.0.boards.3.name | "Wrong Name" is not a name of lower-case letters, digits and hyphens, 63 characters at most',
      'sites.0.boards.3.compute.disks.0.size | "64 gigs" is not a size such as "256GB" or "1TB"',
      'sites.1.lan.subnet | "10.0.0.5/24" is not an IPv4 network with no host bits set, such as "192.168.1.0/24"',
      'sites.1.lan.gateway | "router" is not an IPv4 address such as "192.168.1.10"',
      'sites.1.boards | a site needs at least one board',
    ]);
    const source = readFileSync(new URL(import.meta.url), 'utf8').split('\n');
    const lineOf = (text: string) => source.findIndex((line) => line.includes(text)) + 1;
    expect(findings.map(({ position }) => [position?.file, position?.line])).toEqual(
      [
        "raspberryPi4('Wrong",
        "microSd('64 gigs')",
        "= site('cellar'",
        "= site('cellar'",
        "= site('cellar'",
      ].map((call) => [new URL(import.meta.url).pathname, lineOf(call)]),
    );
  });

  it('name the key that was probably meant', () => {
    const found = mistakes((definition) => {
      Object.assign(definition, { emial: 'x@example.org' });
      Object.assign(definition.sites[0]?.lan ?? {}, { gatway: '192.168.7.1' });
    });
    expect(found).toEqual([
      expect.stringContaining(
        'DEF002 sites.0.lan sites.0.lan: unknown key "gatway", did you mean "gateway"?',
      ),
      expect.stringContaining('unknown key "emial", did you mean "email"?'),
    ]);
  });

  it('name the component option that was probably meant', () => {
    const found = mistakes((definition) => {
      for (const lab of definition.clusters)
        lab.components = lab.components.map((use) =>
          use.component === 'flannel' ? { ...use, options: { networkPolicy: true } } : use,
        );
    });
    expect(found).toEqual([
      expect.stringContaining('unknown key "networkPolicy", did you mean "networkPolicies"?'),
    ]);
  });

  it.each<[string, (definition: ReturnType<typeof soundDefinition>) => void, string]>([
    [
      'a board that stands nowhere',
      ({ clusters }) =>
        clusters[0]?.nodes.push(
          node('lost', {
            on: raspberryPi4('pi-33', { memory: '8GB', disks: [microSd('64GB')] }),
            address: '192.168.7.20',
          }),
        ),
      'DEF003 clusters.0.nodes.3 node lost is on board pi-33, which stands in no site (did you mean pi-3?)',
    ],
    [
      'an empty slot',
      ({ clusters, sites }) => {
        const board = turingPi2('turing', { slots: { 1: rk1({ memory: '8GB' }) } });
        sites[0]?.boards.push(board);
        clusters[0]?.nodes.push(node('empty', { on: slot(board, 4), address: '192.168.7.20' }));
      },
      'DEF003 clusters.0.nodes.3 node empty is on slot 4 of turing, filled slots: 1',
    ],
    [
      'a pool that is not there',
      ({ clusters }) => {
        for (const lab of clusters) lab.network.pool = 'mian';
      },
      'DEF003 clusters.0.network.pool pool "mian" is not one of site home: main',
    ],
    [
      'no control plane',
      ({ clusters }) => {
        for (const other of clusters[0]?.nodes ?? []) other.roles = ['worker'];
      },
      'DEF003 clusters.0.nodes cluster lab has no control plane',
    ],
    [
      'one machine for two nodes',
      ({ clusters }) => {
        const [first] = clusters[0]?.nodes ?? [];
        if (first !== undefined)
          clusters[0]?.nodes.push(node('again', { on: first.on, address: '192.168.7.20' }));
      },
      'DEF004 clusters.0.nodes.3 machine pi-1 is used twice',
    ],
    [
      'one name for two clusters',
      ({ clusters }) => {
        const [lab] = clusters;
        if (lab !== undefined) clusters.push(cluster('lab', { ...lab, nodes: [] }));
      },
      'DEF001 clusters.1.nodes clusters.1.nodes: a cluster needs at least one node',
    ],
    [
      'an environment that does not exist',
      ({ clusters }) => {
        for (const lab of clusters) Object.assign(lab, { environment: 'prodution' });
      },
      'DEF001 clusters.0.environment clusters.0.environment: "prodution" is not one of development, staging, production, did you mean "production"?',
    ],
    [
      'credentials in the Git URL',
      (definition) => {
        definition.git.url = 'https://me:token@git.example.org/me/lab';
      },
      'DEF001 git.url git.url: "https://***@git.example.org/me/lab" is not an https:// or ssh:// Git URL without credentials in it',
    ],
  ])('say what is wrong: %s', (_what, change, expected) => {
    expect(mistakes(change)).toContain(expected);
  });

  it('of nothing at all are findings, not a crash', () => {
    for (const nothing of [undefined, null, 1, 'x', [], {}, { sites: 1, clusters: [null] }])
      expect(readHomelab(nothing).findings.length).toBeGreaterThan(0);
  });
});
