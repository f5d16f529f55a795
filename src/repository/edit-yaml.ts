import {
  type Document,
  isMap,
  isScalar,
  LineCounter,
  parseAllDocuments,
  stringify,
  type YAMLMap,
} from 'yaml';
import type { Edit } from '../check/index.ts';

/** A piece of the text that becomes another. */
interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Writes values into documents of a file and leaves every other character as it is: comments, order, quotes, indents.
 * @param wanted Edits, and the line on which their document's object starts.
 */
export function editYaml(
  text: string,
  wanted: readonly { readonly line: number; readonly edits: readonly Edit[] }[],
): string {
  const lineCounter = new LineCounter();
  const splices = parseAllDocuments(text, { lineCounter }).flatMap((document) => {
    if (!('contents' in document) || !isMap(document.contents) || document.errors.length > 0) return [];
    const { line } = lineCounter.linePos(document.contents.range?.[0] ?? 0);
    const edits = wanted.filter((each) => each.line === line).flatMap((each) => each.edits);
    return edits.flatMap((edit) => spliceFor(document, edit, lineCounter));
  });
  // From the last, so that the places of the others stay.
  return splices
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (result, { start, end, text: piece }) => result.slice(0, start) + piece + result.slice(end),
      text,
    );
}

function spliceFor(document: Document, { path, value }: Edit, lineCounter: LineCounter): Splice[] {
  let map: unknown = document.contents;
  for (const [index, key] of path.entries()) {
    if (!isMap(map)) return [];
    const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key);
    const rest = path.slice(index + 1);
    if (pair === undefined) return insertion(map, key, nested(rest, value), lineCounter);
    if (rest.length === 0) return isScalar(pair.value) ? replacement(pair.value.range, value) : [];
    map = pair.value;
  }
  return [];
}

function replacement(range: readonly [number, number, number] | null | undefined, value: unknown): Splice[] {
  return range
    ? [{ start: range[0], end: range[1], text: JSON.stringify(value).replace(/^"([\w./-]+)"$/, '$1') }]
    : [];
}

/** Before the first key: there the indent is known, and no comment is torn from what it is about. */
function insertion(map: YAMLMap, key: string, value: unknown, lineCounter: LineCounter): Splice[] {
  const [start] = map.range ?? [];
  if (start === undefined) return [];
  if (map.flow === true) {
    const more = map.items.length === 0 ? ' ' : ',';
    return [
      {
        start: start + 1,
        end: start + 1,
        text: ` ${key}: ${stringify(value, { collectionStyle: 'flow' }).trim()}${more}`,
      },
    ];
  }
  const [first] = map.items;
  const at = isScalar(first?.key) ? first.key.range?.[0] : undefined;
  if (at === undefined) return [];
  const indent = ' '.repeat(lineCounter.linePos(at).col - 1);
  const lines = stringify({ [key]: value })
    .trimEnd()
    .split('\n');
  return [{ start: at, end: at, text: `${lines.join(`\n${indent}`)}\n${indent}` }];
}

function nested(path: readonly string[], value: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}
