import { isRecord } from '../util/index.ts';

/** The value at a path of what may be anything; undefined where the path leads nowhere. */
export function field(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    // What every object inherits is not in it.
    const has = (isRecord(inner) || Array.isArray(inner)) && Object.hasOwn(inner, key);
    return has ? (inner as Record<string, unknown>)[key] : undefined;
  }, value);
}

/** The same as a list: empty where it is none. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = field(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The same as a map: empty where it is none. */
export function mapAt(
  value: unknown,
  ...path: readonly (string | number)[]
): Readonly<Record<string, unknown>> {
  const found = field(value, ...path);
  return isRecord(found) ? found : {};
}

/** The same as a text: undefined where it is none. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = field(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** A text, number or switch as people read it: empty where it is none of them. */
export function wordAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = field(value, ...path);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean'
    ? String(found)
    : '';
}

export { isRecord };
