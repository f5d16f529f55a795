import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { Homelab } from '../model/index.ts';
import { Fault } from '../util/index.ts';

const FolderSchema = z.object({
  clusters: z.array(
    z.object({
      apps: z.array(z.object({ options: z.object({ folder: z.string() }) }).or(z.unknown())).default([]),
    }),
  ),
});

const ObjectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});

/**
 * The YAML files of every folder that a definition names.
 * @throws Fault HP1004 when a folder cannot be read, or a file in it is not Kubernetes YAML.
 */
export async function readManifests(definition: unknown, root: string): Promise<Homelab['manifests']> {
  const parsed = FolderSchema.safeParse(definition);
  const apps = parsed.success ? parsed.data.clusters.flatMap((cluster) => cluster.apps) : [];
  const folders = new Set(apps.flatMap((app) => folderOf(app) ?? []));
  return new Map(
    await Promise.all([...folders].map(async (folder) => [folder, await readFolder(root, folder)] as const)),
  );
}

function folderOf(app: unknown): string | undefined {
  const { options } = app as { options?: { folder?: unknown } };
  return typeof options?.folder === 'string' ? options.folder : undefined;
}

async function readFolder(root: string, folder: string) {
  const names = await readdir(join(root, folder)).catch(() => undefined);
  if (names === undefined)
    throw new Fault('HP1004', `${folder}: there is no such folder beside the definition`);
  const files = names.filter((name) => /\.ya?ml$/.test(name) && name !== 'kustomization.yaml').toSorted();
  const objects = files.map(async (name) => {
    const documents = parseAllDocuments(await readFile(join(root, folder, name), 'utf8'));
    return [...documents].flatMap((document) => {
      const [error] = document.errors;
      if (error !== undefined) throw new Fault('HP1004', `${folder}/${name}: ${error.message}`);
      const value: unknown = document.toJS();
      if (value === null) return [];
      const object = ObjectSchema.safeParse(value);
      if (object.success) return [object.data];
      throw new Fault('HP1004', `${folder}/${name}: an object needs apiVersion, kind and metadata.name`);
    });
  });
  return (await Promise.all(objects)).flat();
}
