type Plain = Record<string, unknown>;

/** Whether a value is a map: no list, no null. */
export function isRecord(value: unknown): value is Readonly<Plain> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Deep merge as Helm merges values: maps are merged, everything else (lists too) is replaced. */
export function mergeValues(base: Plain, over: Plain): Plain {
  const merged: Plain = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const under = merged[key];
    merged[key] = isRecord(under) && isRecord(value) ? mergeValues(under, value) : value;
  }
  return merged;
}

/** A sorted copy by a string key; comparison by code unit, so that it is the same on every machine. */
export function sortBy<T>(items: Iterable<T>, key: (item: T) => string): T[] {
  return [...items].toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  });
}

/** Items by a key, each group in their order. */
export function groupBy<K, T>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}

export function unique<T>(items: Iterable<T>): T[] {
  return [...new Set(items)];
}
