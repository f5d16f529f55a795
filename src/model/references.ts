import type { z } from 'zod';
import { nearest } from '../util/index.ts';
import type { Board } from './board.ts';
import type { ClusterSchema } from './cluster.ts';
import type { Finding } from './finding.ts';
import type { Path } from './position.ts';
import type { SiteSchema } from './site.ts';

type SiteData = z.output<typeof SiteSchema>;
type ClusterData = z.output<typeof ClusterSchema>;
interface Part<T> {
  readonly value: T;
  readonly at: Path;
}

/**
 * Names that do not lead anywhere, and names that are given twice.
 * @param complete Whether every site could be read; otherwise a missing board may stand in the unread one.
 */
export function findBrokenReferences(
  sites: readonly Part<SiteData>[],
  clusters: readonly Part<ClusterData>[],
  complete: boolean,
): Finding[] {
  const boards = sites.flatMap(({ value, at }) =>
    value.boards.map((board, index) => ({ board, site: value, at: [...at, 'boards', index] })),
  );
  return [
    ...duplicates(
      'site',
      sites.map(({ value, at }) => ({ name: value.name, at })),
    ),
    ...duplicates(
      'cluster',
      clusters.map(({ value, at }) => ({ name: value.name, at })),
    ),
    ...duplicates(
      'board',
      boards.map(({ board, at }) => ({ name: board.name, at })),
    ),
    ...boards.flatMap(({ board, at }) => impossibleSlots(board, at)),
    ...clusters.flatMap(({ value, at }) => clusterReferences(value, at, boards, complete)),
    ...sharedMachines(clusters),
  ];
}

function clusterReferences(
  cluster: ClusterData,
  at: Path,
  boards: readonly { board: Board; site: SiteData }[],
  complete: boolean,
): Finding[] {
  const uses = (['components', 'apps'] as const).flatMap((list) =>
    cluster[list].map((use, index) => ({ use, at: [...at, list, index] })),
  );
  const findings = [
    ...duplicates(
      'node',
      cluster.nodes.map((node, i) => ({ name: node.name, at: [...at, 'nodes', i] })),
    ),
    ...duplicates(
      'component or app',
      uses.map(({ use, at }) => ({ name: use.component, at })),
    ),
    ...uses.flatMap(({ use, at }) => optionMistakes(use, at)),
  ];
  if (!cluster.nodes.some((node) => node.roles.includes('control-plane'))) {
    findings.push(
      broken(
        'DEF003',
        [...at, 'nodes'],
        `cluster ${cluster.name} has no control plane`,
        'Give one node the role "control-plane".',
      ),
    );
  }
  const homes = new Set<SiteData>();
  cluster.nodes.forEach((node, index) => {
    const where = [...at, 'nodes', index];
    const name = boardOf(node);
    const home = boards.find(({ board }) => board.name === name);
    if (home === undefined) {
      if (complete)
        findings.push(
          unknownBoard(
            node.name,
            name,
            boards.map(({ board }) => board.name),
            where,
          ),
        );
      return;
    }
    homes.add(home.site);
    const slot = 'slot' in node.on ? node.on.slot : undefined;
    if (home.board.kind === 'single' && slot !== undefined)
      findings.push(
        broken(
          'DEF003',
          where,
          `node ${node.name}: board ${name} has no slots`,
          'Pass the board itself as `on`.',
        ),
      );
    if (home.board.kind === 'carrier' && (slot === undefined || home.board.slots[slot] === undefined)) {
      const filled = Object.keys(home.board.slots).join(', ') || 'none';
      const given = slot === undefined ? 'the whole board' : `slot ${slot}`;
      findings.push(
        broken(
          'DEF003',
          where,
          `node ${node.name} is on ${given} of ${name}, filled slots: ${filled}`,
          `Use slot(${name}, N) with a slot that has a module.`,
        ),
      );
    }
  });
  if (homes.size > 1) {
    findings.push(
      broken(
        'DEF003',
        [...at, 'nodes'],
        `cluster ${cluster.name} spans sites ${[...homes].map((s) => s.name).join(', ')}`,
        'Keep the nodes of one cluster in one site: its load balancer announces addresses on one LAN.',
      ),
    );
  }
  const [site] = homes;
  const pools = Object.keys(site?.lan.pools ?? {});
  if (site !== undefined && !pools.includes(cluster.network.pool)) {
    const guess = nearest(cluster.network.pool, pools);
    findings.push(
      broken(
        'DEF003',
        [...at, 'network', 'pool'],
        `pool "${cluster.network.pool}" is not one of site ${site.name}: ${pools.join(', ') || 'it has none'}`,
        guess === undefined ? "Add it to the site's lan.pools." : `Did you mean "${guess}"?`,
      ),
    );
  }
  return findings;
}

function boardOf(node: ClusterData['nodes'][number]): string {
  return 'slot' in node.on ? node.on.board : node.on.name;
}

function unknownBoard(node: string, board: string, known: readonly string[], at: Path): Finding {
  const guess = nearest(board, known);
  const hint = guess === undefined ? '' : ` (did you mean ${guess}?)`;
  return broken(
    'DEF003',
    at,
    `node ${node} is on board ${board}, which stands in no site${hint}`,
    'Add the board to the boards of a site.',
  );
}

function impossibleSlots(board: Board, at: Path): Finding[] {
  if (board.kind !== 'carrier') return [];
  return Object.keys(board.slots)
    .filter((slot) => !/^[1-9]\d*$/.test(slot) || Number(slot) > board.slotCount)
    .map((slot) =>
      broken(
        'DEF003',
        at,
        `board ${board.name} has no slot ${slot}, only 1 to ${board.slotCount}`,
        'Move the module to a slot that exists.',
      ),
    );
}

function sharedMachines(clusters: readonly Part<ClusterData>[]): Finding[] {
  const places = clusters.flatMap(({ value, at }) =>
    value.nodes.map((node, index) => ({
      name: 'slot' in node.on ? `${node.on.board} slot ${node.on.slot}` : node.on.name,
      at: [...at, 'nodes', index],
    })),
  );
  return duplicates('machine', places);
}

function optionMistakes(use: ClusterData['components'][number], at: Path): Finding[] {
  const parsed = use.schema.safeParse(use.options);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => ({
    rule: issue.code === 'unrecognized_keys' ? 'DEF002' : 'DEF001',
    severity: 'error',
    message: `${use.component}(${issue.path.join('.')}): ${issue.message}`,
    why: 'The component cannot be configured from it.',
    remedy: 'Write a value of the form that is named.',
    at: [...at, 'options', ...issue.path.map(String)],
  }));
}

function duplicates(what: string, named: readonly { name: string; at: Path }[]): Finding[] {
  const seen = new Set<string>();
  return named.flatMap(({ name, at }) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [broken('DEF004', at, `${what} ${name} is used twice`, 'Use each once.')];
  });
}

function broken(rule: string, at: Path, message: string, remedy: string): Finding {
  return {
    rule,
    severity: 'error',
    message,
    why: 'The parts of the definition do not fit together.',
    remedy,
    at,
  };
}
