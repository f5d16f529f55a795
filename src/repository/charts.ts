import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { parseAllDocuments, stringify } from 'yaml';
import { isClusterScoped, type KubeObject, listAt, mapAt, textAt } from '../kube/index.ts';
import { mergeValues, messageOf, sha256 } from '../util/index.ts';
import { buildKustomizations } from './build.ts';
import { type ChartContext, chartOf } from './chart.ts';
import { helm } from './helm.ts';
import { withoutOrigin } from './origin.ts';
import { isObject } from './scan.ts';

export interface Rendering {
  readonly release: KubeObject;
  readonly objects: readonly KubeObject[];
  /** Why nothing is known of its objects. */
  readonly failure?: { readonly what: 'chart' | 'render'; readonly message: string };
}

export interface RenderContext extends Omit<ChartContext, 'pulls'> {
  /** The program. */
  readonly fluxBuild: string;
}

type Context = RenderContext & ChartContext;

const AT_ONCE = 4;
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
  given: RenderContext,
  done: () => void,
): Promise<Rendering[]> {
  const limit = pLimit(AT_ONCE);
  const context: Context = { ...given, pulls: new Map() };
  return Promise.all(
    releases.map((release) =>
      limit(async () => {
        const rendering = await attempt(release, context);
        done();
        return rendering;
      }),
    ),
  );
}

async function attempt(release: KubeObject, context: Context): Promise<Rendering> {
  const fail = (what: 'chart' | 'render') => (error: unknown) => ({ what, message: messageOf(error) });
  const chart = await chartOf(release, context).catch(fail('chart'));
  if (typeof chart !== 'string') return { release, objects: [], failure: chart };
  // A value that only the cluster has may be what it asks for.
  const secret = listAt(release, 'spec', 'valuesFrom').some((from) => textAt(from, 'kind') === 'Secret');
  const objects = await render(release, chart, context).catch(fail(secret ? 'chart' : 'render'));
  return 'what' in objects ? { release, objects: [], failure: objects } : { release, objects };
}

async function render(release: KubeObject, chart: string, context: Context): Promise<readonly KubeObject[]> {
  const { name, namespace = 'default' } = release.metadata;
  const target = textAt(release, 'spec', 'targetNamespace') ?? namespace;
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
  { fluxBuild }: Context,
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
