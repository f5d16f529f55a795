import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import pLimit from 'p-limit';
import { parseAllDocuments, stringify } from 'yaml';
import { field, isClusterScoped, type KubeObject, listAt, mapAt, textAt } from '../kube/index.ts';
import { mergeValues, sha256 } from '../util/index.ts';
import { buildKustomizations } from './build.ts';
import { withoutOrigin } from './origin.ts';
import { plainPath } from './roots.ts';
import { isObject } from './scan.ts';

export interface Rendering {
  readonly release: KubeObject;
  readonly objects: readonly KubeObject[];
  /** Why its chart could not be rendered; then nothing is known of its objects. */
  readonly error: string | undefined;
}

export interface ChartContext {
  readonly helm: string;
  readonly fluxBuild: string;
  /** Folder of packaged charts; what it lacks is pulled from upstream. */
  readonly charts: string | undefined;
  /** Copy of the repository: a chart may lie in it. */
  readonly folder: string;
  /** A folder for what is pulled. */
  readonly scratch: string;
  readonly find: (kind: string, namespace: string, name: string) => KubeObject | undefined;
}

const AT_ONCE = 4;
const SLOWEST_MS = 60_000;
/** What every cluster with the usual platform serves, and charts ask for. */
const API_VERSIONS = [
  'policy/v1',
  'policy/v1/PodDisruptionBudget',
  'networking.k8s.io/v1/Ingress',
  'monitoring.coreos.com/v1',
  'cert-manager.io/v1',
  'gateway.networking.k8s.io/v1',
].map((version) => `--api-versions=${version}`);

export async function renderReleases(
  releases: readonly KubeObject[],
  context: ChartContext,
  done: () => void,
): Promise<Rendering[]> {
  const limit = pLimit(AT_ONCE);
  const pulls = new Map<string, Promise<string>>();
  return Promise.all(
    releases.map((release) =>
      limit(async () => {
        try {
          return { release, objects: await render(release, context, pulls), error: undefined };
        } catch (error) {
          return { release, objects: [], error: error instanceof Error ? error.message : String(error) };
        } finally {
          done();
        }
      }),
    ),
  );
}

async function render(
  release: KubeObject,
  context: ChartContext,
  pulls: Map<string, Promise<string>>,
): Promise<readonly KubeObject[]> {
  const { name, namespace = 'default' } = release.metadata;
  const target = textAt(release, 'spec', 'targetNamespace') ?? namespace;
  const chart = await chartOf(release, context, pulls);
  const folder = join(context.scratch, sha256(`${namespace}/${name}`).slice(0, 16));
  await mkdir(folder, { recursive: true });
  const values = join(folder, 'values.yaml');
  await writeFile(values, stringify(valuesOf(release, context)));
  const named = textAt(release, 'spec', 'releaseName') ?? name;
  const args = [
    'template',
    `--namespace=${target}`,
    '--values',
    values,
    '--include-crds',
    ...API_VERSIONS,
    '--',
    named,
    chart,
  ];
  const rendered = parseAllDocuments(await helm(context.helm, args), { logLevel: 'silent' });
  const objects = rendered.flatMap((document) => {
    const value: unknown = document.errors.length === 0 && 'toJS' in document ? document.toJS() : undefined;
    if (!isObject(value) || value.metadata.annotations?.['helm.sh/hook'] !== undefined) return [];
    const placed = value.metadata.namespace !== undefined || isClusterScoped(value.kind);
    return [placed ? value : { ...value, metadata: { ...value.metadata, namespace: target } }];
  });
  return postRendered(release, objects, folder, context);
}

/** As helm-controller has it: what the chart made goes through kustomize. */
async function postRendered(
  release: KubeObject,
  objects: readonly KubeObject[],
  folder: string,
  { fluxBuild }: ChartContext,
): Promise<readonly KubeObject[]> {
  let made = objects;
  for (const renderer of listAt(release, 'spec', 'postRenderers')) {
    const { patches = [], images = [] } = mapAt(renderer, 'kustomize');
    await writeFile(join(folder, 'all.yaml'), made.map((object) => stringify(object)).join('---\n'));
    const kustomization = {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      metadata: { name: release.metadata.name },
      resources: ['all.yaml'],
      patches,
      images,
    };
    await writeFile(join(folder, 'kustomization.yaml'), stringify(kustomization));
    const [built] = await buildKustomizations(fluxBuild, folder, [{ path: '.', kustomization }]);
    if (built?.error !== undefined) throw new Error(`its postRenderers fail: ${built.error}`);
    made = (built?.objects ?? []).map(withoutOrigin);
  }
  return made;
}

function valuesOf(release: KubeObject, { find }: ChartContext): Record<string, unknown> {
  const namespace = release.metadata.namespace ?? 'default';
  const from = listAt(release, 'spec', 'valuesFrom').reduce<Record<string, unknown>>((values, source) => {
    if (textAt(source, 'kind') !== 'ConfigMap' || textAt(source, 'targetPath') !== undefined) return values;
    const object = find('ConfigMap', namespace, textAt(source, 'name') ?? '');
    const [document] = parseAllDocuments(
      textAt(object, 'data', textAt(source, 'valuesKey') ?? 'values.yaml') ?? '',
      { logLevel: 'silent' },
    );
    const value: unknown =
      document !== undefined && 'toJS' in document && document.errors.length === 0
        ? document.toJS()
        : undefined;
    return mergeValues(values, mapAt(value));
  }, {});
  return mergeValues(from, mapAt(release, 'spec', 'values'));
}

/** File or folder of a release's chart. */
async function chartOf(
  release: KubeObject,
  context: ChartContext,
  pulls: Map<string, Promise<string>>,
): Promise<string> {
  const { find, folder } = context;
  const namespace = release.metadata.namespace ?? 'default';
  const reference = field(release, 'spec', 'chartRef');
  const spec = field(release, 'spec', 'chart', 'spec');
  const wanted = reference ?? field(spec, 'sourceRef');
  const kind = textAt(wanted, 'kind') ?? '';
  const source = find(kind, textAt(wanted, 'namespace') ?? namespace, textAt(wanted, 'name') ?? '');
  if (source === undefined)
    throw new Error(`its source ${kind} ${textAt(wanted, 'name') ?? ''} is not in the repository`);
  const url = textAt(source, 'spec', 'url') ?? '';
  if (kind === 'GitRepository') {
    const path = plainPath(textAt(spec, 'chart') ?? '');
    if (path.startsWith('..')) throw new Error(`its chart ${path} leaves the repository`);
    return join(folder, path);
  }
  if (kind === 'OCIRepository') {
    const version = textAt(source, 'spec', 'ref', 'tag') ?? textAt(source, 'spec', 'ref', 'semver');
    return packaged(url.split('/').at(-1) ?? '', version, { chart: url }, context, pulls);
  }
  const name = textAt(spec, 'chart') ?? '';
  const from = url.startsWith('oci://') ? { chart: `${url}/${name}` } : { chart: name, repository: url };
  return packaged(name, textAt(spec, 'version'), from, context, pulls);
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
  pulls: Map<string, Promise<string>>,
): Promise<string> {
  const given = context.charts === undefined ? [] : await readdir(context.charts).catch(() => []);
  const file = [
    `${name}-${version ?? ''}.tgz`,
    `${name}-${(version ?? '').replace(/^v/, '')}.tgz`,
    `${name}-v${version ?? ''}.tgz`,
  ].find((each) => given.includes(each));
  if (file !== undefined && context.charts !== undefined) return join(context.charts, file);
  const key = JSON.stringify([from, version]);
  const pull = pulls.get(key) ?? pullChart(key, version, from, context);
  pulls.set(key, pull);
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

async function helm(program: string, args: readonly string[]): Promise<string> {
  const { stdout, stderr, failed } = await execa(program, args, {
    reject: false,
    timeout: SLOWEST_MS,
    maxBuffer: 1e9,
  });
  const reason =
    stderr
      .trim()
      .split('\n')
      .findLast((line) => line !== '') ?? '';
  if (failed) throw new Error(reason === '' ? 'helm failed or took over a minute' : reason);
  return stdout;
}
