import { formatDuration } from '../../util/index.ts';
import type { Item, ItemOf } from './item.ts';
import type { Change } from './store.ts';

type Told = Omit<ItemOf<'happening'>, 'type' | 'at'>;

/** What a change means to a person; nothing for most. */
export function tell({ before, after }: Change, now: number): Told[] {
  const type = (after ?? before)?.type;
  if (type === 'cluster') return tellCluster(pair(before, after));
  if (type === 'node') return tellNode(pair(before, after));
  if (type === 'delivery') return tellDelivery(pair(before, after));
  if (type === 'app') return tellApp(pair(before, after));
  if (type === 'problem') return tellProblem(pair(before, after), now);
  if (type === 'alert') return tellAlert(pair(before, after));
  return [];
}

interface Pair<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** Both are of one type: they have the same key. */
function pair<T extends Item>(before: Item | undefined, after: Item | undefined): Pair<T> {
  return { before: before as T | undefined, after: after as T | undefined };
}

const CLUSTER_WORDS = {
  ready: 'everything is ready',
  converging: 'is on its way to what the definition says',
  unreachable: 'its API server does not answer',
  starting: 'starts',
  unwatched: 'is not watched any more',
} as const;

function tellCluster({ before, after }: Pair<ItemOf<'cluster'>>): Told[] {
  if (before === undefined || after === undefined || before.state === after.state) return [];
  const good = after.state === 'ready' ? true : after.state === 'unreachable' ? false : undefined;
  const at =
    after.state === 'ready' && after.revision !== undefined ? ` at ${after.revision.slice(0, 8)}` : '';
  return [
    {
      cluster: after.name,
      about: 'cluster',
      ...(good === undefined ? {} : { good }),
      text: `${CLUSTER_WORDS[after.state]}${at}`,
    },
  ];
}

function tellNode({ before, after }: Pair<ItemOf<'node'>>): Told[] {
  if (before === undefined || after === undefined) return [];
  const told: Told[] = [];
  const { cluster, name } = after;
  if (before.cordoned !== after.cordoned)
    told.push({
      cluster,
      about: 'node',
      text: `${name} ${after.cordoned ? 'takes no new pods' : 'takes pods again'}`,
    });
  if (before.state === after.state || after.state === 'unknown') return told;
  if (after.state === 'ready') told.push({ cluster, about: 'node', good: true, text: `${name} is ready` });
  if (after.state === 'failed') told.push({ cluster, about: 'node', good: false, text: `${name} is down` });
  return told;
}

function tellDelivery({ before, after }: Pair<ItemOf<'delivery'>>): Told[] {
  if (before === undefined || after === undefined) return [];
  const { cluster, kind, name, version } = after;
  if (before.suspended !== after.suspended)
    return [
      { cluster, about: 'delivery', text: `${kind} ${name} is ${after.suspended ? 'suspended' : 'resumed'}` },
    ];
  // Every Kustomization is at a new commit in its turn: its cluster tells that once.
  if (kind !== 'HelmRelease' || version === undefined || before.version === version) return [];
  const from = before.version === undefined ? '' : `, from ${before.version}`;
  return [{ cluster, about: 'delivery', good: true, text: `${kind} ${name} is at ${version}${from}` }];
}

function tellApp({ before, after }: Pair<ItemOf<'app'>>): Told[] {
  if (before === undefined || after === undefined || before.version === after.version) return [];
  const { cluster, name, version } = after;
  return [{ cluster, about: 'workload', text: `${name} is now ${version}, it was ${before.version}` }];
}

function tellProblem({ before, after }: Pair<ItemOf<'problem'>>, now: number): Told[] {
  const cluster = (after ?? before)?.cluster;
  const where = cluster === undefined ? {} : { cluster };
  if (before === undefined && after !== undefined)
    return [{ ...where, about: 'problem', good: false, text: `${after.object} ${after.message}` }];
  if (before !== undefined && after === undefined) {
    const lasted = formatDuration((now - Date.parse(before.since)) / 1000);
    return [
      { ...where, about: 'problem', good: true, text: `${before.object} is well again, after ${lasted}` },
    ];
  }
  return [];
}

function tellAlert({ before, after }: Pair<ItemOf<'alert'>>): Told[] {
  if (before === undefined || after === undefined || before.state === after.state) return [];
  const { cluster, name, state } = after;
  if (state === 'firing') return [{ cluster, about: 'alert', good: false, text: `${name} fires` }];
  if (before.state === 'firing' && state === 'quiet')
    return [{ cluster, about: 'alert', good: true, text: `${name} is quiet again` }];
  return [];
}
