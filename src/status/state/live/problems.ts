import { adviceFor } from '../../../observe/index.ts';
import { oneLine } from '../../../util/index.ts';
import type { ItemOf } from '../item.ts';
import type { ClusterView } from './view.ts';

/** A problem before it is known since when. */
export type ProblemFound = Omit<ItemOf<'problem'>, 'since'>;

/** What is wrong with a cluster now, and what to do about it. */
export function problemsOf(
  { plan: { cluster }, live }: ClusterView,
  nodes: readonly ItemOf<'node'>[],
  alerts: readonly ItemOf<'alert'>[],
): ProblemFound[] {
  if (live === undefined) return [];
  if (!live.snapshot.connected)
    return [
      problem(
        cluster.name,
        `the API server of ${cluster.name}`,
        'does not answer; everything else here is as it was when it last did',
        `Look whether ${cluster.controlPlaneAddress} has power and network: \`ping ${cluster.controlPlaneAddress}\`.`,
      ),
    ];
  const down = nodes
    .filter(({ state }) => state === 'failed')
    .map((node) =>
      problem(
        cluster.name,
        `Node/${node.name}`,
        `is down: ${oneLine(node.message)}`,
        `Look at ${node.slot === undefined ? node.board : `slot ${node.slot} of ${node.board}`}: power, network, heat. \`homeplane capacity\` says what fits without it.`,
      ),
    );
  const causes = live.status.causes.map(({ object, message }) =>
    problem(cluster.name, object, oneLine(message), adviceFor(message)),
  );
  const firing = alerts
    .filter(({ state, severity }) => state === 'firing' && severity !== 'info')
    .map(({ name, summary, runbook }) => problem(cluster.name, `Alert/${name}`, summary, runbook));
  return [...down, ...firing, ...causes];
}

function problem(cluster: string, object: string, message: string, todo: string): ProblemFound {
  return { type: 'problem', cluster, object, message, todo };
}
