import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { LineCounter, parseAllDocuments } from 'yaml';
import { isRecord, type KubeObject, textAt } from '../kube/index.ts';

/** An object as it is written in a file. */
export interface ScannedObject {
  readonly object: KubeObject;
  /** Path in the folder, with forward slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export interface Scan {
  readonly objects: readonly ScannedObject[];
  /** Files that were not read, and why. */
  readonly skipped: readonly { readonly file: string; readonly why: string }[];
}

/** Never of interest, and often large. */
const IGNORED: ReadonlySet<string> = new Set([
  '.git',
  'node_modules',
  '.homeplane',
  '.terraform',
  'dist',
  'vendor',
]);
/** Larger ones are data: the largest CRDs have about a megabyte. */
export const LARGEST_FILE = 5e6;
const DEEPEST = 32;

/** Every YAML file below a folder that is inside it, links resolved. */
export async function* yamlFiles(root: string, folder = root, depth = 0): AsyncIterable<string> {
  if (depth > DEEPEST) return;
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (IGNORED.has(entry.name)) continue;
    const path = join(folder, entry.name);
    // A link may lead anywhere, also in a circle.
    if (entry.isDirectory()) yield* yamlFiles(root, path, depth + 1);
    else if (/\.ya?ml$/.test(entry.name) && (entry.isFile() || (await isFileInside(root, path)))) yield path;
  }
}

async function isFileInside(root: string, link: string): Promise<boolean> {
  const target = await realpath(link).catch(() => undefined);
  if (target === undefined || !`${target}${sep}`.startsWith(`${root}${sep}`)) return false;
  return (await stat(target)).isFile();
}

/** @param root A resolved path. */
export async function scan(root: string): Promise<Scan> {
  const objects: ScannedObject[] = [];
  const skipped: { file: string; why: string }[] = [];
  for await (const path of yamlFiles(root)) {
    const file = relative(root, path).split(sep).join('/');
    if ((await stat(path)).size > LARGEST_FILE) skipped.push({ file, why: 'it has over 5 MB' });
    else objects.push(...objectsIn(await readFile(path, 'utf8'), file));
  }
  return { objects, skipped };
}

/** What is no YAML has no objects: whether Flux wants the file, its own build says. */
function objectsIn(text: string, file: string): ScannedObject[] {
  // Reading is what takes time: most files that are no objects can be told without it.
  if (!text.includes('kind:') && !text.includes('"kind"')) return [];
  const lineCounter = new LineCounter();
  return parseAllDocuments(text, { lineCounter, logLevel: 'silent' }).flatMap((document) => {
    if (document.errors.length > 0) return [];
    const value = valueOf(document);
    const { line } = lineCounter.linePos(document.contents?.range?.[0] ?? 0);
    return isObject(value) ? [{ object: value, file, line: Math.max(1, line) }] : [];
  });
}

function valueOf(document: ReturnType<typeof parseAllDocuments>[number]): unknown {
  try {
    return 'toJS' in document ? document.toJS() : undefined;
  } catch {
    // A bomb of aliases.
    return undefined;
  }
}

/** Whether a value can be treated as an object of Kubernetes. */
export function isObject(value: unknown): value is KubeObject {
  if (!isRecord(value) || typeof value['apiVersion'] !== 'string' || typeof value['kind'] !== 'string')
    return false;
  const namespace = isRecord(value['metadata']) ? value['metadata']['namespace'] : undefined;
  return (
    textAt(value, 'metadata', 'name') !== undefined &&
    (namespace === undefined || typeof namespace === 'string')
  );
}
