import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';
import { exists, Fault, sha256 } from '../util/index.ts';

/** What Flux has fetched from Git, as its GitRepository says. */
export interface Artifact {
  readonly url: string;
  /** `sha256:...` of the archive. */
  readonly digest: string;
}

/** Folders that the compiler wrote: what a definition is loaded from is beside them. */
const COMPILED = ['clusters', 'machines', 'monitoring', 'docs', 'node_modules', '.git'];
const LARGEST = 50_000_000;

/**
 * Unpacks the folder of a definition out of an artifact of Flux.
 * @param within Folder of the repository that the definition is in, `.` for its root.
 * @param to Folder to unpack below; what was unpacked before is found again.
 * @returns the folder of the definition.
 * @throws Fault HP1312 when it cannot be had, or is not what its digest says.
 */
export async function unpackArtifact({ url, digest }: Artifact, within: string, to: string): Promise<string> {
  const [algorithm, hash = ''] = digest.split(':');
  if (algorithm !== 'sha256' || !/^[0-9a-f]{64}$/.test(hash))
    throw new Fault('HP1312', `${url}: digest ${digest}`);
  const folder = join(to, hash);
  if (await exists(folder)) return join(folder, within);
  const archive = await download(url);
  const found = sha256(archive);
  if (found !== hash) throw new Fault('HP1312', `${url}: its digest is sha256:${found}, not ${digest}`);
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  const prefix = within === '.' ? '' : `${within}/`;
  await pipeline(
    Readable.from([archive]),
    extract({
      cwd: part,
      strict: true,
      preservePaths: false,
      filter: (path) => isWanted(path.replace(/^\.\//, ''), prefix),
    }),
  );
  await rename(part, folder);
  return join(folder, within);
}

async function download(url: string): Promise<Buffer> {
  try {
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(60_000) });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const archive = Buffer.from(await answer.arrayBuffer());
    if (archive.length > LARGEST) throw new Error(`larger than ${LARGEST} bytes`);
    return archive;
  } catch (error) {
    throw new Fault('HP1312', url, { cause: error });
  }
}

function isWanted(path: string, prefix: string): boolean {
  if (prefix.startsWith(path.endsWith('/') ? path : `${path}/`)) return true;
  if (!path.startsWith(prefix)) return false;
  return !COMPILED.includes(path.slice(prefix.length).split('/')[0] ?? '');
}
