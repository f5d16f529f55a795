import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { VERSIONS_FOLDER } from '../components/index.ts';
import type { Homelab } from '../model/index.ts';
import { Fault } from '../util/index.ts';
import { safeYaml } from './yaml.ts';

const VersionsSchema = z.record(z.string(), z.string());

/** Tags that Flux wrote into `versions/CLUSTER.yaml`. @throws Fault HP1005 for a file that is not image -> tag. */
export async function readVersions(folder: string): Promise<Homelab['versions']> {
  const root = join(folder, VERSIONS_FOLDER);
  const files = (await readdir(root).catch(() => [])).filter((file) => file.endsWith('.yaml'));
  const read = files.map(async (file): Promise<[string, Record<string, string>]> => {
    const path = join(root, file);
    const content = safeYaml(await readFile(path, 'utf8'));
    const versions = VersionsSchema.safeParse(content === null ? {} : content);
    if (!versions.success) throw new Fault('HP1005', path);
    return [basename(file, '.yaml'), versions.data];
  });
  return new Map(await Promise.all(read));
}
