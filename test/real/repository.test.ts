import { chmod, cp, mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { CHARTS, ROOT } from './support.ts';

interface Found {
  readonly severity: string;
  readonly rule: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

/** `homeplane check --tree`, as a person runs it. */
async function checkTree(
  folder: string,
  charts: string | undefined,
): Promise<{ exitCode: number | undefined; findings: Found[] }> {
  const args = [join(ROOT, 'dist/cli/main.js'), 'check', '--tree', folder, '--json'];
  const { exitCode, stdout, stderr } = await execa(
    'node',
    charts === undefined ? args : [...args, '--charts', charts],
    {
      reject: false,
    },
  );
  if (stdout === '') throw new Error(stderr);
  return { exitCode, findings: (JSON.parse(stdout) as { findings: Found[] }).findings };
}

async function write(folder: string, files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

const SYNC = `
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: https://git.example.org/me/lab }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 10m, retryInterval: 1m, path: ./clusters/home, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;

/** A repository as people write them: a base with an overlay, variables, a chart of their own, a patched release. */
const REPOSITORY = {
  'clusters/home/flux-system/gotk-sync.yaml': SYNC,
  'clusters/home/flux-system/kustomization.yaml': 'resources: [gotk-sync.yaml]\n',
  'clusters/home/settings.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: flux-system }\ndata: { DOMAIN: example.org, REPLICAS: "2" }\n',
  'clusters/home/apps.yaml': `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 10m
  retryInterval: 1m
  path: ./apps/overlay
  prune: true
  wait: true
  sourceRef: { kind: GitRepository, name: flux-system }
  dependsOn: [{ name: infra }]
  postBuild: { substituteFrom: [{ kind: ConfigMap, name: settings }] }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: broken, namespace: flux-system }
spec: { interval: 10m, retryInterval: 1m, path: ./apps/broken, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`,
  'apps/overlay/kustomization.yaml': `
namespace: web
resources: [../base, namespace.yaml, release.yaml]
patches: [{ target: { kind: Deployment }, patch: '[{ "op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "web:latest" }]' }]
`,
  'apps/overlay/namespace.yaml':
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: web, labels: { pod-security.kubernetes.io/enforce: restricted } }\n',
  'apps/overlay/release.yaml': `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: agent }
spec:
  interval: 1h
  chart: { spec: { chart: ./charts/agent, sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system } } }
  install: { remediation: { retries: 3 } }
  upgrade: { remediation: { retries: 3 } }
  values: { hostNetwork: true }
`,
  'apps/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
  'apps/base/deployment.yaml': `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: \${REPLICAS}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'web:1.0.0', env: [{ name: HOST, value: 'web.\${DOMAIN}' }] }] }
`,
  'apps/broken/kustomization.yaml': 'resources: [missing.yaml]\n',
  'charts/agent/Chart.yaml': 'apiVersion: v2\nname: agent\nversion: 1.0.0\n',
  'charts/agent/templates/agent.yaml': `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: {{ .Release.Name }} }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec: { hostNetwork: {{ .Values.hostNetwork }}, containers: [{ name: agent, image: agent:1.0.0 }] }
`,
};

describe('a repository that somebody wrote by hand', () => {
  let folder: string;
  let result: Awaited<ReturnType<typeof checkTree>>;
  const of = (rule: string) =>
    result.findings
      .filter((finding) => finding.rule === rule)
      .map(({ message, file = '', line }) => `${message} (${file.replace(`${folder}/`, '')}:${line})`);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'homeplane-tree-'));
    const outside = await mkdtemp(join(tmpdir(), 'homeplane-outside-'));
    await write(outside, {
      'canary.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: canary }\nstringData: { a: b }\n',
    });
    await write(folder, REPOSITORY);
    await symlink(join(outside, 'canary.yaml'), join(folder, 'apps/overlay/canary.yaml'));
    await symlink(outside, join(folder, 'apps/linked'));
    result = await checkTree(folder, undefined);
  });

  it('is built as Flux builds it: overlay, patch and variables', () => {
    expect(of('SEC008')).toEqual([
      'Deployment/web/web container web runs web:latest, the latest one (apps/base/deployment.yaml:7)',
    ]);
    expect(of('HA004')).toEqual([
      'Deployment/web/web runs 2 times, and nothing keeps them apart (apps/base/deployment.yaml:7)',
    ]);
    expect(of('NET015')).toEqual([
      'Service/web/web sends port 80 to http, a name that no container behind it has (apps/base/deployment.yaml:2)',
    ]);
  });

  it('has its charts rendered by helm, with its values', () => {
    expect(of('SEC005')).toContain(
      'DaemonSet/web/agent does not start in namespace web, which is restricted: hostNetwork (apps/overlay/release.yaml:2)',
    );
  });

  it('has what Flux could not build, and what waits for nothing, named with its place', () => {
    expect(of('FLX017')).toEqual([
      expect.stringMatching(
        /^Kustomization\/flux-system\/broken: .*missing\.yaml.*\(clusters\/home\/apps\.yaml:15\)$/s,
      ),
    ]);
    expect(of('FLX005')).toEqual([
      'Kustomization/flux-system/apps waits for Kustomization flux-system/infra, which nothing makes (clusters/home/apps.yaml:2)',
    ]);
    expect(result.exitCode).toBe(1);
  });

  it('is left as it is, and nothing outside of it is read', async () => {
    expect(JSON.stringify(result.findings)).not.toContain('canary');
    expect(await readdir(join(folder, 'apps/base'))).toEqual(['deployment.yaml', 'kustomization.yaml']);
  });
});

describe('what homeplane itself compiles', () => {
  it('is sound to who knows nothing of its definition', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'homeplane-own-'));
    // As it lies in its repository.
    await cp(join(ROOT, 'homelab'), join(folder, 'homelab'), { recursive: true });
    await chmod(folder, 0o700);
    const { findings } = await checkTree(folder, CHARTS);
    const notes = findings.filter(
      ({ severity, rule }) => severity !== 'info' || (CHARTS !== undefined && rule === 'FLX018'),
    );
    expect(notes).toEqual([]);
  });

  it('says which charts it could not look into', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'homeplane-own-'));
    await write(folder, {
      'clusters/home/flux-system/gotk-sync.yaml': `${SYNC}---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: flux-system }
spec: { interval: 1h, install: { remediation: { retries: 3 } }, upgrade: { remediation: { retries: 3 } }, chart: { spec: { chart: --help, version: 1.0.0, sourceRef: { kind: HelmRepository, name: web } } } }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: web, namespace: flux-system }
spec: { interval: 1h, url: 'http://127.0.0.1:9/charts' }
`,
    });
    const { exitCode, findings } = await checkTree(folder, undefined);
    expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(['info FLX018']);
    expect(findings[0]?.message).toContain('HelmRelease/flux-system/web: ');
    expect(exitCode).toBe(0);
  });
});

it('mends what needs no thought, shows it first, and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'homeplane-fix-'));
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2beta1
kind: HelmRelease # mine
metadata: { name: web, namespace: flux-system }
spec:
    interval: 1h
`;
  await write(folder, {
    'clusters/home/flux-system/gotk-sync.yaml': SYNC,
    'clusters/home/web.yaml': release,
  });
  const fix = (...more: string[]) =>
    execa('node', [join(ROOT, 'dist/cli/main.js'), 'check', '--tree', folder, '--fix', ...more], {
      reject: false,
    });
  const file = join(folder, 'clusters/home/web.yaml');
  const { stdout } = await fix();
  expect(stdout).toContain(
    '-apiVersion: helm.toolkit.fluxcd.io/v2beta1\n+apiVersion: helm.toolkit.fluxcd.io/v2\n',
  );
  expect(stdout).toMatch(/1 file, nothing is written yet: add --yes$/);
  expect(await readFile(file, 'utf8')).toBe(release);
  await fix('--yes');
  expect(await readFile(file, 'utf8')).toBe(`apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease # mine
metadata: { name: web, namespace: flux-system }
spec:
    upgrade:
      remediation:
        retries: 3
    install:
      remediation:
        retries: 3
    interval: 1h
`);
  expect((await fix()).stdout).toBe('nothing can be mended by itself');
});

it('a folder that is not there is a clear fault', async () => {
  const { exitCode, stderr } = await execa(
    'node',
    [join(ROOT, 'dist/cli/main.js'), 'check', '--tree', '/nowhere'],
    { reject: false },
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: expect.stringContaining('HP1008') as string });
});
