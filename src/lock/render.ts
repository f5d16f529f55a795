import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { parseAllDocuments, stringify } from 'yaml';
import { planHomelab } from '../compile/index.ts';
import type { Chart, Release } from '../components/index.ts';
import type { KubeObject } from '../kube/index.ts';
import type { Homelab } from '../model/index.ts';
import { type Event, Fault, type Stream, sha256File } from '../util/index.ts';
import { factsOf } from './facts.ts';
import { EMPTY_LOCK, type Lock, type LockedRelease } from './file.ts';
import { releaseKey, staleReleases, valuesHash } from './stale.ts';

/** What rendering needs. */
export interface LockContext {
  /** The helm program. */
  readonly helm: string;
  /** Folder of packaged charts; what it lacks is pulled from upstream. */
  readonly charts: string | undefined;
  /** An older lock: a release that it knows in this version and with these values is not rendered again. */
  readonly known?: Lock | undefined;
  readonly events: Stream<Event>;
}

/**
 * Renders every release of every cluster with the real helm and keeps the facts.
 * @throws Fault HP1502 when a chart cannot be had or rendered.
 */
export async function lockHomelab(homelab: Homelab, context: LockContext): Promise<Lock> {
  const folder = await mkdtemp(join(tmpdir(), 'homeplane-lock-'));
  const task = 'lock charts';
  const since = Date.now();
  context.events.emit({ type: 'started', task });
  try {
    const clusters: Lock['clusters'] = {};
    const plans = planHomelab(homelab);
    const stale = new Map(plans.map((plan) => [plan, staleReleases(plan, context.known ?? EMPTY_LOCK)]));
    const total = [...stale.values()].flat().length;
    let done = 0;
    for (const plan of plans) {
      const { cluster, components } = plan;
      const releases = components.flatMap(({ contribution }) => contribution.releases);
      const locked: Record<string, LockedRelease> = {};
      for (const release of releases) {
        const key = releaseKey(release);
        const known = context.known?.clusters[cluster.name]?.[key];
        if (known !== undefined && stale.get(plan)?.includes(key) === false) {
          locked[key] = known;
          continue;
        }
        locked[key] = await lockRelease(release, cluster.kubernetes, folder, context);
        done += 1;
        context.events.emit({ type: 'progress', task, done, total, detail: release.chart.name });
      }
      clusters[cluster.name] = locked;
    }
    context.events.emit({ type: 'finished', task, seconds: (Date.now() - since) / 1000 });
    return { version: 1, clusters };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a cluster serves and helm does not know of without one; charts choose an object's version by it. */
const API_VERSIONS = ['policy/v1', 'policy/v1/PodDisruptionBudget', 'cert-manager.io/v1'].map(
  (version) => `--api-versions=${version}`,
);

async function lockRelease(
  release: Release,
  kubernetes: string,
  folder: string,
  context: LockContext,
): Promise<LockedRelease> {
  const { chart } = release;
  const file = await packageOf(chart, folder, context);
  const values = join(folder, 'values.yaml');
  await writeFile(values, stringify(release.values));
  const args = ['template', release.name, file, '--namespace', release.namespace, '--values', values];
  const rendered = await helm(
    context.helm,
    [...args, ...API_VERSIONS, '--include-crds', '--kube-version', kubernetes],
    chart,
  );
  const objects = parseAllDocuments(rendered).flatMap(
    (document) => (document.toJS() as KubeObject | null) ?? [],
  );
  return {
    chart: chart.name,
    version: chart.version,
    digest: await sha256File(file),
    values: valuesHash(release),
    objects: factsOf(objects),
  };
}

/** The packaged chart: from the folder of charts, else pulled from upstream once. */
async function packageOf(
  chart: Chart,
  folder: string,
  { helm: program, charts }: LockContext,
): Promise<string> {
  const name = `${chart.name}-${chart.version}.tgz`;
  const given = charts === undefined ? [] : await readdir(charts).catch(() => []);
  if (charts !== undefined && given.includes(name)) return join(charts, name);
  if (!(await readdir(folder)).includes(name)) {
    const source = chart.repository.startsWith('oci://')
      ? [`${chart.repository}/${chart.name}`]
      : [chart.name, '--repo', chart.repository];
    await helm(program, ['pull', ...source, '--version', chart.version, '--destination', folder], chart);
  }
  return join(folder, name);
}

async function helm(program: string, args: readonly string[], chart: Chart): Promise<string> {
  const { stdout, stderr, failed } = await execa(program, args, { reject: false, stripFinalNewline: false });
  if (failed) throw new Fault('HP1502', `${chart.name} ${chart.version}: ${stderr.trim()}`);
  return stdout;
}
