import { textAt } from '../../../kube/index.ts';
import { osName } from '../../../model/index.ts';
import type { ItemOf } from '../item.ts';
import type { ClusterView } from './view.ts';

/** What is counted, in this order. */
const COUNTS = ['Node', 'Kustomization', 'HelmRelease', 'Pod'] as const;

export function clusterItem({ plan: { cluster }, live, ...view }: ClusterView): ItemOf<'cluster'> {
  const { name, site, environment, domain, os, kubernetes } = cluster;
  const objects = live?.status.objects ?? [];
  const state = view.watched ? stateOf(live) : 'unwatched';
  const revision = view.revision ?? gitRevision(live);
  return {
    type: 'cluster',
    name,
    site: site.name,
    environment,
    domain,
    os: osName(os),
    kubernetes,
    state,
    // While it is heard, the moment changes all the time and says nothing.
    ...(state !== 'unreachable' || live?.heardAt === undefined
      ? {}
      : { heardAt: new Date(live.heardAt).toISOString() }),
    ...(revision === undefined ? {} : { revision }),
    counts: COUNTS.map((kind) => {
      const all = objects.filter((object) => object.kind === kind);
      return { kind, ready: all.filter(({ state }) => state === 'ready').length, total: all.length };
    }),
  };
}

/** The commit that Flux has fetched. */
function gitRevision(live: ClusterView['live']): string | undefined {
  const [repository] = live?.snapshot.objects('GitRepository') ?? [];
  return textAt(repository, 'status', 'artifact', 'revision')?.split(':').at(-1);
}

function stateOf(live: ClusterView['live']): ItemOf<'cluster'>['state'] {
  if (live === undefined || (!live.snapshot.complete && live.snapshot.connected)) return 'starting';
  if (!live.status.connected) return 'unreachable';
  return live.status.ready ? 'ready' : 'converging';
}
