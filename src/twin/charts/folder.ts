import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Parser } from 'tar';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { Fault, sha256 } from '../../util/index.ts';

/** The parts of Chart.yaml that a repository index is made of. */
const ChartSchema = z.looseObject({ apiVersion: z.string(), name: z.string(), version: z.string() });
type ChartMetadata = z.output<typeof ChartSchema>;

/** A packaged chart in a folder. */
export interface PackagedChart {
  readonly file: string;
  readonly digest: string;
  readonly metadata: ChartMetadata;
}

/** Packaged charts of a folder. @throws Fault HP1307 when it cannot be read. */
export async function readCharts(folder: string): Promise<PackagedChart[]> {
  const names = await readdir(folder).catch((error: Error) => {
    throw new Fault('HP1307', error.message, { cause: error });
  });
  const packages = names.filter((name) => name.endsWith('.tgz')).toSorted();
  return Promise.all(packages.map((name) => readChart(join(folder, name))));
}

async function readChart(file: string): Promise<PackagedChart> {
  const bytes = await readFile(file);
  try {
    return { file, digest: sha256(bytes), metadata: ChartSchema.parse(parse(await chartYaml(bytes))) };
  } catch (error) {
    throw new Fault('HP1307', `${file} is not a packaged chart`, { cause: error });
  }
}

/** `Chart.yaml` of the chart itself, which is one folder down; its dependencies have theirs further down. */
async function chartYaml(bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const parser = new Parser({
      onReadEntry(entry) {
        if (!/^[^/]+\/Chart\.yaml$/.test(entry.path)) {
          entry.resume();
          return;
        }
        const chunks: Buffer[] = [];
        entry.on('data', (chunk: Buffer) => chunks.push(chunk));
        entry.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
      },
    });
    parser.on('error', reject);
    parser.on('end', () => reject(new Error('there is no Chart.yaml in it')));
    parser.end(bytes);
  });
}

/** A Helm repository's `index.yaml`; charts are at `/charts/<file>`. */
export function repositoryIndex(
  charts: readonly PackagedChart[],
  urlOf: (chart: PackagedChart) => string,
): string {
  const entries: Record<string, object[]> = {};
  for (const chart of charts) {
    const versions = (entries[chart.metadata.name] ??= []);
    versions.push({ ...chart.metadata, digest: chart.digest, urls: [urlOf(chart)] });
  }
  return stringify({ apiVersion: 'v1', entries }, { aliasDuplicateObjects: false });
}
