import type { Release } from '../components/index.ts';
import { isClusterScoped, isRecord, type KubeObject } from '../kube/index.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a release makes: what its chart renders, in its namespace where it names none, with our patches over it. */
export function releaseObjects(release: Release, rendered: readonly KubeObject[]): KubeObject[] {
  return rendered.map((object) => {
    const { namespace = release.namespace } = object.metadata;
    const placed = isClusterScoped(object.kind)
      ? object
      : { ...object, metadata: { ...object.metadata, namespace } };
    return (release.patches ?? [])
      .filter(({ target }) => target.kind === object.kind && target.name === object.metadata.name)
      .reduce<Fields>((patched, { patch }) => strategicMerge(patched, patch), {
        ...placed,
      }) as unknown as KubeObject;
  });
}

/** As Kubernetes merges: maps key by key, lists of named things by their names, other lists whole. */
function strategicMerge(base: Fields, over: Fields): Fields {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) merged[key] = mergeField(merged[key], value);
  return merged;
}

function mergeField(under: unknown, value: unknown): unknown {
  if (isRecord(under) && isRecord(value)) return strategicMerge(under, value);
  if (!isNamedList(under) || !isNamedList(value)) return value;
  const known = new Set(under.map(({ name }) => name));
  return [
    ...under.map((item) => strategicMerge(item, value.find(({ name }) => name === item['name']) ?? {})),
    ...value.filter(({ name }) => !known.has(name)),
  ];
}

function isNamedList(value: unknown): value is readonly Fields[] {
  return Array.isArray(value) && value.every((item) => isRecord(item) && typeof item['name'] === 'string');
}
