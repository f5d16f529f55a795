import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sourceOf } from '../check/index.ts';
import { field, type KubeObject, textAt } from '../kube/index.ts';
import { sha256 } from '../util/index.ts';
import { helm } from './helm.ts';
import { plainPath } from './roots.ts';

/** What getting a chart needs. */
export interface ChartContext {
  /** The program. */
  readonly helm: string;
  /** Folder of packaged charts; what it lacks is pulled from upstream. */
  readonly charts: string | undefined;
  /** Copy of the repository: a chart may lie in it. */
  readonly folder: string;
  /** A folder for what is pulled. */
  readonly scratch: string;
  readonly find: (kind: string, namespace: string, name: string) => KubeObject | undefined;
  /** What is being pulled, or has been. */
  readonly pulls: Map<string, Promise<string>>;
}

/** File or folder of a release's chart. */
export async function chartOf(release: KubeObject, context: ChartContext): Promise<string> {
  const wanted = sourceOf(release);
  const source = wanted === undefined ? undefined : context.find(wanted.kind, wanted.namespace, wanted.name);
  if (wanted === undefined || source === undefined)
    throw new Error(`its source ${wanted?.kind ?? ''} ${wanted?.name ?? ''} is not in the repository`);
  const spec = field(release, 'spec', 'chart', 'spec');
  const url = textAt(source, 'spec', 'url') ?? '';
  if (wanted.kind === 'GitRepository') return chartInGit(textAt(spec, 'chart') ?? '', context);
  return wanted.kind === 'OCIRepository'
    ? chartInRegistry(source, url, context)
    : chartFrom(url, spec, context);
}

function chartInRegistry(source: KubeObject, url: string, context: ChartContext): Promise<string> {
  const version = textAt(source, 'spec', 'ref', 'tag') ?? textAt(source, 'spec', 'ref', 'semver');
  return packaged(url.split('/').at(-1) ?? '', version, { chart: url }, context);
}

function chartFrom(url: string, spec: unknown, context: ChartContext): Promise<string> {
  const name = textAt(spec, 'chart') ?? '';
  const from = url.startsWith('oci://') ? { chart: `${url}/${name}` } : { chart: name, repository: url };
  return packaged(name, textAt(spec, 'version'), from, context);
}

function chartInGit(chart: string, { folder }: ChartContext): string {
  const path = plainPath(chart);
  if (path.startsWith('..')) throw new Error(`its chart ${path} leaves the repository`);
  return join(folder, path);
}

/** As helm is told it. */
interface Upstream {
  readonly chart: string;
  readonly repository?: string;
}

async function packaged(
  name: string,
  version: string | undefined,
  from: Upstream,
  context: ChartContext,
): Promise<string> {
  const given = context.charts === undefined ? [] : await readdir(context.charts).catch(() => []);
  const file = [
    `${name}-${version ?? ''}.tgz`,
    `${name}-${(version ?? '').replace(/^v/, '')}.tgz`,
    `${name}-v${version ?? ''}.tgz`,
  ].find((each) => given.includes(each));
  if (file !== undefined && context.charts !== undefined) return join(context.charts, file);
  const key = JSON.stringify([from, version]);
  const pull = context.pulls.get(key) ?? pullChart(key, version, from, context);
  context.pulls.set(key, pull);
  return pull;
}

async function pullChart(
  key: string,
  version: string | undefined,
  { chart, repository }: Upstream,
  { helm: program, scratch }: ChartContext,
): Promise<string> {
  const destination = join(scratch, sha256(key).slice(0, 16));
  await mkdir(destination, { recursive: true });
  // What the repository says is never taken for an option.
  const options = [
    ...(version === undefined ? [] : [`--version=${version}`]),
    ...(repository === undefined ? [] : [`--repo=${repository}`]),
  ];
  await helm(program, ['pull', ...options, '--destination', destination, '--', chart]);
  const [file] = await readdir(destination);
  if (file === undefined) throw new Error('helm pulled nothing');
  return join(destination, file);
}
