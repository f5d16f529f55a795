import { curve, layered, reduced } from '../util/index.ts';
import { escaped } from './escape.ts';

const CHARACTER = 7.4;
const PADDING = 14;
const HEIGHT = 44;
const STEP = 56;
const GAP = 46;

interface Drawn {
  readonly key: string;
  readonly label: string;
  readonly group: string;
  readonly needs: readonly string[];
}

/** One of our own Mermaid diagrams as SVG: boxes in columns after what leads to them, each with its group. */
export function drawing(mermaid: string): string {
  const boxes = read(mermaid);
  const places = layered(boxes);
  const columns = Math.max(0, ...[...places.values()].map(({ column }) => column)) + 1;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...boxes.filter(({ key }) => places.get(key)?.column === column).map(widthOf)),
  );
  const starts = widths.map((_, column) =>
    widths.slice(0, column).reduce((sum, width) => sum + width + GAP, 0),
  );
  const at = (key: string) => {
    const { column = 0, row = 0 } = places.get(key) ?? {};
    return { x: starts[column] ?? 0, y: row * STEP, width: widths[column] ?? 0 };
  };
  const width = widths.reduce((sum, one) => sum + one + GAP, 0) - GAP;
  const height = (Math.max(0, ...[...places.values()].map(({ row }) => row)) + 1) * STEP;
  const arrows = [...reduced(boxes)].flatMap(([key, needs]) =>
    needs.map((other) => {
      const [a, b] = [at(other), at(key)];
      const path = curve(a.x + a.width, a.y + HEIGHT / 2, b.x, b.y + HEIGHT / 2);
      return `<path class="edge" d="${path}"/>`;
    }),
  );
  const drawn = boxes.map(({ key, label, group }) => {
    const { x, y, width: wide } = at(key);
    return `<g transform="translate(${x} ${y})"><rect class="drawn-box" width="${wide}" height="${HEIGHT}" rx="6"/><text x="${PADDING / 2}" y="18">${escaped(label)}</text><text class="drawn-group" x="${PADDING / 2}" y="35">${escaped(group)}</text></g>`;
  });
  const told = boxes.map(({ label, needs }) => {
    const from = needs
      .map((key) => boxes.find((box) => box.key === key)?.label)
      .filter((name) => name !== undefined);
    return from.length === 0 ? label : `${label}, from ${from.join(' and ')}`;
  });
  return `<section class="graph" tabindex="0" aria-label="diagram"><svg role="img" aria-label="${escaped(told.join('; '))}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${arrows.join('')}${drawn.join('')}</svg></section>`;
}

function widthOf({ label, group }: Drawn): number {
  return Math.max(label.length, group.length * 0.85) * CHARACTER + PADDING;
}

/** What `mermaid()` of `markdown.ts` wrote. */
function read(mermaid: string): Drawn[] {
  const boxes: { key: string; label: string; group: string }[] = [];
  const arrows: { from: string; to: string }[] = [];
  let group = '';
  for (const line of mermaid.split('\n')) {
    const subgraph = /^ {2}subgraph \w+\["(.*)"\]$/.exec(line);
    const box = /^ {4}(\w+)\["(.*)"\]$/.exec(line);
    const arrow = /^ {2}(\w+) -->(?:\|"[^"]*"\|)? (\w+)$/.exec(line);
    if (subgraph !== null) group = unquoted(subgraph[1]);
    else if (box !== null) boxes.push({ key: box[1] ?? '', label: unquoted(box[2]), group });
    else if (arrow !== null && arrow[1] !== arrow[2])
      arrows.push({ from: arrow[1] ?? '', to: arrow[2] ?? '' });
  }
  return boxes.map((box) => ({
    ...box,
    needs: arrows.filter(({ to }) => to === box.key).map(({ from }) => from),
  }));
}

function unquoted(text = ''): string {
  return text.replaceAll('#quot;', '"');
}
