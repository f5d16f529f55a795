/** One box of a graph and the keys of what it comes after. */
export interface GraphNode {
  readonly key: string;
  readonly needs: readonly string[];
}

/** Where a box stands: its column, and its place in it. */
export interface Place {
  readonly column: number;
  readonly row: number;
}

/**
 * Puts every box in the column after the last of those that it needs, and in a column next to those that it needs.
 * A circle is cut where it is first met: Flux would report it, and the graph must still be drawn.
 */
export function layered(nodes: readonly GraphNode[]): ReadonlyMap<string, Place> {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const columns = new Map<string, number>();
  const columnOf = (key: string, above: ReadonlySet<string>): number => {
    const known = columns.get(key);
    if (known !== undefined) return known;
    const needs = byKey.get(key)?.needs.filter((other) => byKey.has(other) && !above.has(other)) ?? [];
    const inner = new Set([...above, key]);
    const column = needs.reduce((most, other) => Math.max(most, columnOf(other, inner) + 1), 0);
    columns.set(key, column);
    return column;
  };
  for (const { key } of nodes) columnOf(key, new Set());
  const places = new Map<string, Place>();
  const last = Math.max(0, ...columns.values());
  for (let column = 0; column <= last; column += 1) {
    const inColumn = nodes.filter(({ key }) => columns.get(key) === column);
    const height = ({ needs }: GraphNode) => {
      const rows = needs.flatMap((other) => places.get(other)?.row ?? []);
      return rows.length === 0 ? 0 : rows.reduce((sum, row) => sum + row, 0) / rows.length;
    };
    const sorted = inColumn.map((node) => ({ node, at: height(node) })).toSorted((a, b) => a.at - b.at);
    for (const [row, { node }] of sorted.entries()) places.set(node.key, { column, row });
  }
  return places;
}

/** The needs of each box without those that follow from another: what is left says the same, and can be seen through. */
export function reduced(nodes: readonly GraphNode[]): ReadonlyMap<string, readonly string[]> {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const above = new Map<string, ReadonlySet<string>>();
  const allAbove = (key: string, path: ReadonlySet<string>): ReadonlySet<string> => {
    const known = above.get(key);
    if (known !== undefined) return known;
    const needs = byKey.get(key)?.needs.filter((other) => byKey.has(other) && !path.has(other)) ?? [];
    const inner = new Set([...path, key]);
    const found = new Set(needs.flatMap((other) => [other, ...allAbove(other, inner)]));
    above.set(key, found);
    return found;
  };
  return new Map(
    nodes.map(({ key, needs }) => [
      key,
      needs.filter(
        (one) => !needs.some((other) => other !== one && allAbove(other, new Set([key])).has(one)),
      ),
    ]),
  );
}

/** An arrow from the right of one box to the left of another, as the path of an SVG. */
export function curve(x1: number, y1: number, x2: number, y2: number): string {
  const middle = (x1 + x2) / 2;
  return `M ${x1} ${y1} C ${middle} ${y1}, ${middle} ${y2}, ${x2} ${y2}`;
}
