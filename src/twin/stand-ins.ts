import { type KubeClient, type KubeObject, reflect } from '../kube/index.ts';
import { keptRepository, type LocalSources, STAND_IN, WAS_STAND_IN } from './bootstrap.ts';

/** Failures of a chart that are failures to reach its repository; others are about the chart itself. */
const UNREACHABLE = new Set(['Failed', 'ChartPullError', 'FetchFailed', 'IndexationFailed']);

interface Status {
  readonly artifact?: object;
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
  }[];
}

/**
 * Lets stand-in charts take the place of repositories that Flux itself could not reach. Flux is the judge, because
 * it knows proxies and certificates that we do not.
 * @param repositories The tree's repositories as they are now.
 * @param used Called with the name of a repository when that happens.
 */
export async function useStandIns(
  client: KubeClient,
  repositories: () => readonly KubeObject[],
  local: LocalSources,
  used: (repository: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const done = new Set<string>();
  const handle = (source: KubeObject) => {
    const name = repositoryNameOf(source);
    const repository = repositories().find(({ metadata }) => metadata.name === name);
    if (repository === undefined || done.has(name) || !hasFailed(source) || !local.standsIn(repository))
      return;
    done.add(name);
    void client.apply(keptRepository(repository, local.standIns, STAND_IN)).then(
      () => used(name),
      // Tried again with the next change of the source.
      () => done.delete(name),
    );
  };
  const reader = {
    replaced: (objects: readonly KubeObject[]) => objects.forEach(handle),
    changed: handle,
    deleted: () => undefined,
  };
  await Promise.all(
    ['HelmRepository', 'HelmChart'].map((kind) =>
      reflect(client, { apiVersion: 'source.toolkit.fluxcd.io/v1', kind }, reader, signal),
    ),
  );
}

function repositoryNameOf(source: KubeObject): string {
  if (source.kind === 'HelmRepository') return source.metadata.name;
  const { sourceRef } = (source['spec'] ?? {}) as { sourceRef?: { name?: string } };
  return sourceRef?.name ?? '';
}

/** What was fetched before stays in use, unless it was a stand-in's already. */
function hasFailed(source: KubeObject): boolean {
  const { artifact, conditions = [] } = (source['status'] ?? {}) as Status;
  const ready = conditions.find(({ type }) => type === 'Ready');
  const failed = ready?.status === 'False' && UNREACHABLE.has(ready.reason ?? '');
  return failed && (artifact === undefined || source.metadata.annotations?.[WAS_STAND_IN] === 'true');
}
