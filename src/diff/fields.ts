import { isRecord, textAt } from '../kube/index.ts';
import { unique } from '../util/index.ts';
import { sameQuantity, withDefault } from './defaults.ts';

/** One field in which two objects differ; undefined where one has none. */
export interface FieldChange {
  /** `spec.template.spec.containers[web].image`; a list's things go by their names, where they have some. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Every field in which two values differ, deepest first. What the API server would fill in anyway is no difference. */
export function compareFields(before: unknown, after: unknown, path = ''): FieldChange[] {
  const [a, b] = [withDefault(path, before, after), withDefault(path, after, before)];
  if (isRecord(a) && isRecord(b))
    return unique([...Object.keys(a), ...Object.keys(b)]).flatMap((key) =>
      compareFields(a[key], b[key], path === '' ? key : `${path}.${key}`),
    );
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b, path);
  return same(a, b) ? [] : [{ path, before: a, after: b }];
}

function compareLists(before: readonly unknown[], after: readonly unknown[], path: string): FieldChange[] {
  const [a, b] = [named(before), named(after)];
  if (a === undefined || b === undefined) return same(before, after) ? [] : [{ path, before, after }];
  return unique([...a.keys(), ...b.keys()]).flatMap((name) =>
    compareFields(a.get(name), b.get(name), `${path}[${name}]`),
  );
}

/** A list by the names of its things; undefined when they have none, or share one. */
function named(list: readonly unknown[]): ReadonlyMap<string, unknown> | undefined {
  const names = list.map((item) => textAt(item, 'name') ?? textAt(item, 'metadata', 'name'));
  if (names.includes(undefined) || new Set(names).size !== names.length) return undefined;
  return new Map(list.map((item, index) => [names[index] ?? '', item]));
}

function same(a: unknown, b: unknown): boolean {
  return a === b || sameQuantity(a, b) || canonical(a) === canonical(b);
}

/** JSON with sorted keys: the order of keys means nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isRecord(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
