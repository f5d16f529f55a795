import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { list } from 'tar';
import { describe, expect, it } from 'vitest';
import { soundDefinition } from '../../test/support/definition.ts';
import { planHomelab } from '../compile/index.ts';
import { readHomelab } from '../model/index.ts';
import { factsOf } from './facts.ts';
import { type Lock, readLock, staleReleases, writeLock, writeStandIns } from './index.ts';
import { valuesHash } from './stale.ts';

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'x' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' }, annotations: { checksum: '1' } },
      spec: {
        volumes: [{ name: 'secret', secret: { secretName: 'x' } }],
        containers: [
          {
            name: 'web',
            image: 'web:1',
            env: [{ name: 'PASSWORD', value: 'hush' }],
            resources: { requests: { cpu: '1' } },
          },
        ],
      },
    },
  },
};

describe('facts', () => {
  it('are what matters of a workload, and nothing that may be secret', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'aHVzaA==' } };
    const hook = {
      ...deployment,
      metadata: { name: 'hook', annotations: { 'helm.sh/hook': 'pre-install' } },
    };
    const facts = factsOf([deployment, secret, hook]);
    expect(facts).toEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web', namespace: 'x' },
        spec: {
          replicas: 2,
          selector: { matchLabels: { app: 'web' } },
          template: {
            metadata: { labels: { app: 'web' } },
            spec: { containers: [{ name: 'web', image: 'web:1', resources: { requests: { cpu: '1' } } }] },
          },
        },
      },
    ]);
    expect(JSON.stringify(facts)).not.toContain('hush');
  });

  it('of a kind are that it is there, with a schema that takes anything', () => {
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'things.example.org' },
      spec: {
        group: 'example.org',
        scope: 'Namespaced',
        names: { kind: 'Thing', plural: 'things' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            subresources: { status: {} },
            schema: { openAPIV3Schema: { type: 'object', required: ['spec'] } },
          },
        ],
      },
    };
    expect(JSON.stringify(factsOf([crd]))).toContain('"x-kubernetes-preserve-unknown-fields":true');
    expect(JSON.stringify(factsOf([crd]))).not.toContain('required');
  });
});

describe('the lock', () => {
  const lock: Lock = {
    version: 1,
    clusters: {
      lab: {
        'x/web': { chart: 'web', version: '1.0.0', digest: 'd', values: 'v', objects: factsOf([deployment]) },
      },
    },
  };

  it('is read as it was written, and a damaged one is said so', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'homeplane-lock-')), 'homeplane.lock.json');
    expect(await readLock(file)).toBeUndefined();
    await writeLock(file, lock);
    expect(await readLock(file)).toEqual(lock);
    await writeFile(file, '{"version": 2}');
    await expect(readLock(file)).rejects.toMatchObject({ code: 'HP1501' });
  });

  it('becomes packaged charts', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'homeplane-stand-ins-'));
    await writeStandIns(lock, 'lab', folder);
    expect(await readdir(folder)).toEqual(['web-1.0.0.tgz']);
    const names: string[] = [];
    await list({ file: join(folder, 'web-1.0.0.tgz'), onReadEntry: ({ path }) => void names.push(path) });
    expect(names).toEqual(
      expect.arrayContaining([
        'web/Chart.yaml',
        'web/objects.yaml',
        'web/templates/objects.yaml',
        'web/crds/crds.yaml',
      ]),
    );
  });

  it('is stale for releases in another version or with other values', () => {
    const { homelab } = readHomelab(soundDefinition());
    const [plan] = homelab === undefined ? [] : planHomelab(homelab);
    if (plan === undefined) throw new Error('not sound');
    const releases = plan.components.flatMap(({ contribution }) => contribution.releases);
    const fresh = Object.fromEntries(
      releases.map((release) => [
        `${release.namespace}/${release.name}`,
        {
          chart: release.chart.name,
          version: release.chart.version,
          digest: '',
          values: valuesHash(release),
          objects: [],
        },
      ]),
    );
    expect(staleReleases(plan, { version: 1, clusters: { lab: fresh } })).toEqual([]);
    const other = {
      ...fresh,
      'traefik/traefik': {
        ...fresh['traefik/traefik'],
        chart: 'traefik',
        version: '41.3.0',
        digest: '',
        objects: [],
        values: 'other',
      },
    };
    expect(staleReleases(plan, { version: 1, clusters: { lab: other } })).toEqual(['traefik/traefik']);
    expect(staleReleases(plan, { version: 1, clusters: {} }).length).toBe(releases.length);
  });
});
