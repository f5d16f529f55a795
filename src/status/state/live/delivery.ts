import { field, type KubeObject, listAt, textAt } from '../../../kube/index.ts';
import type { ObservedName } from '../../../observe/index.ts';
import type { ItemOf } from '../item.ts';
import { deliveryKey } from '../key.ts';
import type { ClusterView } from './view.ts';

const KINDS = [
  'GitRepository',
  'HelmRepository',
  'Kustomization',
  'HelmRelease',
] as const satisfies readonly ObservedName[];
const APPLIED_BY = 'kustomize.toolkit.fluxcd.io/name';
const APPLIED_BY_NAMESPACE = 'kustomize.toolkit.fluxcd.io/namespace';

/** Flux' own objects as one graph: sources, what is made from them, and what waits for what. */
export function deliveryItems({ plan: { cluster }, live }: ClusterView): ItemOf<'delivery'>[] {
  if (live === undefined) return [];
  const objects = KINDS.flatMap((kind) => live.snapshot.objects(kind));
  const known = new Map(objects.map((object) => [keyOf(cluster.name, object), object]));
  const states = new Map(
    live.status.objects
      .filter(({ kind }) => (KINDS as readonly string[]).includes(kind))
      .map((object) => [deliveryKey(cluster.name, object.kind, object.namespace ?? '', object.name), object]),
  );
  return [...states].map(([key, { kind, namespace = '', name, state, message }]) => {
    const object = known.get(key);
    const needs =
      object === undefined ? [] : needsOf(cluster.name, object).filter((other) => known.has(other));
    const version = object && versionOf(object);
    return {
      type: 'delivery',
      cluster: cluster.name,
      kind,
      namespace,
      name,
      state,
      message,
      ...(version === undefined ? {} : { version }),
      suspended: field(object, 'spec', 'suspend') === true,
      needs,
      waitsFor: state === 'ready' ? [] : needs.filter((other) => states.get(other)?.state !== 'ready'),
    };
  });
}

/** Key of the Flux object that applied an object. */
export function appliedBy(cluster: string, { metadata }: KubeObject): string | undefined {
  const release = metadata.annotations?.['meta.helm.sh/release-name'];
  const releaseNamespace = metadata.annotations?.['meta.helm.sh/release-namespace'];
  if (release !== undefined) return deliveryKey(cluster, 'HelmRelease', releaseNamespace ?? '', release);
  const name = metadata.labels?.[APPLIED_BY];
  if (name === undefined) return undefined;
  return deliveryKey(cluster, 'Kustomization', metadata.labels?.[APPLIED_BY_NAMESPACE] ?? '', name);
}

function keyOf(cluster: string, { kind, metadata }: KubeObject): string {
  return deliveryKey(cluster, kind, metadata.namespace ?? '', metadata.name);
}

function needsOf(cluster: string, object: KubeObject): string[] {
  const own = object.metadata.namespace ?? '';
  const to = (ref: unknown, kind: string) =>
    deliveryKey(
      cluster,
      textAt(ref, 'kind') ?? kind,
      textAt(ref, 'namespace') ?? own,
      textAt(ref, 'name') ?? '',
    );
  const source =
    object.kind === 'HelmRelease'
      ? field(object, 'spec', 'chart', 'spec', 'sourceRef')
      : field(object, 'spec', 'sourceRef');
  const applier = object.kind === 'HelmRelease' ? appliedBy(cluster, object) : undefined;
  return [
    ...(source === undefined ? [] : [to(source, 'GitRepository')]),
    ...listAt(object, 'spec', 'dependsOn').map((other) => to(other, object.kind)),
    ...(applier === undefined ? [] : [applier]),
  ];
}

function versionOf(object: KubeObject): string | undefined {
  if (object.kind === 'HelmRelease') return textAt(object, 'status', 'history', 0, 'chartVersion');
  const revision =
    textAt(object, 'status', 'lastAppliedRevision') ?? textAt(object, 'status', 'artifact', 'revision');
  return revision?.replace(/^.*sha1:([0-9a-f]{8}).*$/, '$1').replace(/^sha256:([0-9a-f]{8}).*$/, '$1');
}
