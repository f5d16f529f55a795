import { describe, expect, it } from 'vitest';
import { soundDefinition } from '../../test/support/definition.ts';
import { compile, planCluster } from '../compile/index.ts';
import { flux } from '../components/registry.ts';
import { readHomelab } from '../model/index.ts';
import { app, helmApp, manifests, secret } from './index.ts';

const SMALL = { requests: { cpu: '20m', memory: '64Mi' } };

function homelabWith(...apps: ReturnType<typeof app>[]) {
  const definition = soundDefinition();
  for (const lab of definition.clusters) lab.apps = apps;
  return readHomelab(definition);
}

/** The contribution of the first app. */
function contributionOf(...apps: ReturnType<typeof app>[]) {
  const { homelab, findings } = homelabWith(...apps);
  const [cluster] = homelab?.clusters ?? [];
  if (homelab === undefined || cluster === undefined) throw new Error(JSON.stringify(findings));
  const planned = planCluster(homelab, cluster).components.find(
    ({ component }) => component.layer === 'apps',
  );
  if (planned === undefined) throw new Error('no app');
  return { ...planned.contribution, planned, tree: compile(homelab) };
}

describe('an app', () => {
  it('is a Deployment that is restricted, with a route, policies and an alert', () => {
    const { objects, config, flows, alerts, namespaces } = contributionOf(
      app('notes', { image: 'a/notes:1.4.0', port: 8080, host: 'notes', ...SMALL }),
    );
    expect(namespaces).toEqual([{ name: 'notes', needs: 'restricted' }]);
    expect(objects?.map(({ kind }) => kind)).toEqual(['Deployment', 'Service']);
    expect(objects?.[0]).toMatchObject({
      spec: {
        template: {
          spec: {
            automountServiceAccountToken: false,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [
              {
                securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
                resources: { limits: { cpu: '200m', memory: '128Mi' } },
              },
            ],
          },
        },
      },
    });
    expect(config?.map(({ object }) => object.kind)).toEqual(['IngressRoute']);
    expect(flows?.map(({ name }) => name)).toEqual(['notes-ui']);
    expect(alerts?.map(({ name }) => name)).toEqual(['NotesDown']);
  });

  it('is a StatefulSet with claims where it has storage, and waits for what gives it', () => {
    const { objects, planned } = contributionOf(
      app('notes', {
        image: 'a/notes:1.4.0',
        storage: { '/data': { size: '5Gi' }, '/cache': { size: '1Gi', class: 'backup', backup: false } },
        ...SMALL,
      }),
    );
    expect(objects?.[0]).toMatchObject({
      kind: 'StatefulSet',
      spec: {
        volumeClaimTemplates: [
          { metadata: { name: 'data', labels: {} }, spec: { storageClassName: 'longhorn-standard' } },
          {
            metadata: { labels: { 'recurring-job-group.longhorn.io/unsaved': 'enabled' } },
            spec: { storageClassName: 'longhorn-backup' },
          },
        ],
      },
    });
    expect(planned.after).toContain('longhorn');
  });

  it('is a CronJob with a schedule, without probes and without a "down" alert', () => {
    const { objects, alerts } = contributionOf(
      app('tidy', { image: 'a/tidy:1.0.0', schedule: '0 4 * * *', ...SMALL }),
    );
    expect(objects?.map(({ kind }) => kind)).toEqual(['CronJob']);
    expect(alerts).toEqual([]);
  });

  it('shares one Secret with its parts, and may talk to them', () => {
    const { secrets, flows, objects } = contributionOf(
      app('photos', {
        image: 'a/photos:1.0.0',
        env: { DB_PASSWORD: secret('db-password'), KEY: secret('key', { from: 'given' }) },
        parts: {
          db: { image: 'a/db:16', port: 5432, env: { POSTGRES_PASSWORD: secret('db-password') }, ...SMALL },
        },
        ...SMALL,
      }),
    );
    expect(secrets).toMatchObject([
      { namespace: 'photos', name: 'photos', keys: { 'db-password': 'password', key: 'given' } },
    ]);
    expect(flows).toMatchObject([{ name: 'db', ports: [{ port: 5432 }] }]);
    expect(objects?.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([
      'Deployment/photos',
      'Deployment/db',
      'Service/db',
    ]);
  });

  it('spreads its copies and keeps one while nodes are drained', () => {
    const { objects } = contributionOf(app('web', { image: 'a/web:1.0.0', port: 80, replicas: 2, ...SMALL }));
    expect(objects?.map(({ kind }) => kind)).toEqual(['Deployment', 'Service', 'PodDisruptionBudget']);
    expect(JSON.stringify(objects?.[0])).toContain('topologySpreadConstraints');
  });

  it('is applied by an account that is admin of its namespace only; its policies are the platform’s', () => {
    const { tree } = contributionOf(app('notes', { image: 'a/notes:1.4.0', port: 80, ...SMALL }));
    const entry = tree.get('clusters/lab/apps/notes.yaml') ?? '';
    expect(entry).toContain('serviceAccountName: apps');
    expect(entry).toMatch(/kind: RoleBinding[\s\S]*kind: ClusterRole\n {2}name: admin/);
    expect(entry).toContain('kind: NetworkPolicy');
    expect(entry).toContain('pod-security.kubernetes.io/enforce: restricted');
    expect(tree.get('clusters/lab/apps/notes/kustomization.yaml')).toMatch(
      /resources:\n {2}- objects.yaml\n$/,
    );
  });

  it.each([
    [{ image: 'a/notes', ...SMALL }, 'an image with a version'],
    [{ image: 'a/notes:latest', ...SMALL }, 'an image with a version that is not "latest"'],
    [{ image: 'a/notes:1', requests: { cpu: 'much', memory: '64Mi' } }, 'a quantity such as'],
    [{ image: 'a/notes:1', root: 'x', ...SMALL }, 'a reason'],
    [
      { image: 'a/notes:1', replicas: 2, storage: { '/data': { size: '1Gi' } }, ...SMALL },
      'there is one copy',
    ],
    [{ image: 'a/notes:1', host: 'notes', ...SMALL }, 'where does it listen'],
    [{ image: 'a/notes:1', availability: 99, ...SMALL }, 'is measured at the ingress'],
    [{ image: 'a/notes:1', public: true, ...SMALL }, 'the name to be reached by'],
  ])('says what is wrong with %j', (options, message) => {
    const { homelab, findings } = homelabWith(app('notes', options));
    expect(homelab).toBeUndefined();
    expect(findings.map((finding) => finding.message).join()).toContain(message);
    expect(findings[0]?.position?.file).toContain('apps.test.ts');
  });

  it('declares the port of its metrics, so that they are found', () => {
    const { objects, flows } = contributionOf(
      app('notes', { image: 'a/notes:1', port: 80, metrics: { port: 9090 }, ...SMALL }),
    );
    expect(JSON.stringify(objects?.[0])).toContain('{"name":"metrics","containerPort":9090}');
    expect(flows).toMatchObject([{ name: 'metrics', ports: [{ port: 9090 }], scrape: {} }]);
  });

  it('cannot have the name of a component', () => {
    const { findings } = homelabWith(app('traefik', { image: 'a/b:1', ...SMALL }));
    expect(findings.map(({ rule }) => rule)).toContain('DEF004');
  });
});

describe('a chart as an app', () => {
  it('is a release that is installed with the rights of its namespace', () => {
    const chart = { repository: 'https://charts.example.org', name: 'git', version: '1.2.3' };
    const expose = {
      host: 'git',
      service: 'git-http',
      port: 80,
      podPort: 3000,
      podLabels: { app: 'git' },
      login: true,
    };
    const { tree, config } = contributionOf(helmApp('git', { chart, expose }));
    expect(config?.map(({ object }) => object.kind)).toEqual(['Middleware', 'IngressRoute']);
    expect(tree.get('clusters/lab/apps/git/release.yaml')).toContain('serviceAccountName: helm');
  });
});

describe('plain manifests', () => {
  it('go into the namespace of the app, whatever they say', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'game', namespace: 'elsewhere' },
    };
    const definition = soundDefinition();
    for (const lab of definition.clusters) lab.apps = [manifests('game', { folder: './game' })];
    const { homelab } = readHomelab(definition, { manifests: new Map([['./game', [object]]]) });
    if (homelab === undefined) throw new Error('no homelab');
    const written = compile(homelab).get('clusters/lab/apps/game/objects.yaml');
    expect(written).toContain('namespace: game');
    expect(written).not.toContain('elsewhere');
  });

  it('lie beside the definition, nowhere else', () => {
    const { findings } = homelabWith(manifests('game', { folder: '../game' }));
    expect(findings[0]?.message).toContain('beside the definition');
  });
});

describe('images that Flux may take by itself', () => {
  const lab = (found: string, said: { updates?: string } = { updates: '^1.4.0' }) => {
    const definition = soundDefinition();
    for (const cluster of definition.clusters) {
      cluster.components = cluster.components.map((use) =>
        use.component === 'flux' ? flux({ imageAutomation: true, gitSecret: 'git' }) : use,
      );
      cluster.apps = [app('notes', { image: 'a/notes:1.4.0', ...said, ...SMALL })];
    }
    const versions = new Map([['lab', { notes: found }]]);
    const { homelab } = readHomelab(definition, { versions });
    if (homelab === undefined) throw new Error('no homelab');
    return compile(homelab);
  };
  const OBJECTS = 'clusters/lab/apps/notes/objects.yaml';

  it.each([
    ['1.4.9', '1.4.9', 'newer and in the range'],
    ['1.3.0', '1.4.0', 'older than the definition says'],
    ['2.0.0', '1.4.0', 'out of the range'],
    ['1.4.9; rm -rf', '1.4.0', 'no version'],
  ])('found %s: %s is used, it is %s', (found, used) => {
    const tree = lab(found);
    expect(tree.get(OBJECTS)).toContain(`image: a/notes:${used}\n`);
    expect(tree.get('versions/lab.yaml')).toContain(
      `notes: "${used}" # {"$imagepolicy": "flux-system:notes:tag"}\n`,
    );
  });

  it('are looked for in the range that the app says', () => {
    const tree = lab('1.4.0');
    const folder = 'clusters/lab/flux-system/flux/config';
    expect(tree.get(`${folder}/imagepolicy-notes.yaml`)).toContain('range: ^1.4.0');
    expect(tree.get(`${folder}/imageupdateautomation-apps.yaml`)).toContain('branch: flux-images/lab');
    expect(lab('1.4.9', {}).get(OBJECTS)).toContain('image: a/notes:1.4.0\n');
  });
});
