import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** What homeplane wrote into a folder last time: path -> SHA-256. Kept in Git, so that every clone knows. */
export const MANIFEST = '.homeplane.json';

// The file is in Git, where anybody may have written it: no path may lead out of the folder.
const InsidePath = z.string().refine((path) => !path.startsWith('/') && !path.split(/[\\/]/).includes('..'));
const ManifestSchema = z.object({ version: z.literal(1), files: z.record(InsidePath, z.string()) });
export type Manifest = ReadonlyMap<string, string>;

/** The manifest of a folder; empty when there is none or it is not one. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => '{}');
  try {
    const parsed = ManifestSchema.safeParse(JSON.parse(text));
    return new Map(parsed.success ? Object.entries(parsed.data.files) : []);
  } catch {
    return new Map();
  }
}

export function formatManifest(files: Manifest): string {
  return `${JSON.stringify({ version: 1, files: Object.fromEntries(files) }, null, 1)}\n`;
}
