import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A file of the page, as it is sent. */
export interface Asset {
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly gzipped: Uint8Array<ArrayBuffer>;
  /** Whether its name changes with its content. */
  readonly immutable: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  webmanifest: 'application/manifest+json',
};

/** Where `npm run build` leaves the page. */
const FOLDER = new URL('../../../dist/page/', import.meta.url);

/** The files of the page by their path; few and small enough to be kept. */
export async function readAssets(folder: URL = FOLDER): Promise<ReadonlyMap<string, Asset>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    await Promise.all(
      files.map(async ({ parentPath, name }) => {
        const file = `${parentPath.replace(/\/$/, '')}/${name}`;
        const path = file.slice(folder.pathname.length - 1);
        const body = new Uint8Array(await readFile(file));
        const asset: Asset = {
          type: TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
          body,
          gzipped: new Uint8Array(await promisify(gzip)(body)),
          immutable: path.startsWith('/assets/'),
        };
        return [path, asset] as const;
      }),
    ),
  );
}
