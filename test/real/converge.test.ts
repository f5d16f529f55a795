import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { podGroups } from '../../src/capacity/pods.ts';
import { inventory, planHomelab } from '../../src/compile/index.ts';
import { EXPORTER_METRICS } from '../../src/components/kube-prometheus-stack/metrics.ts';
import { LOCK_FILE, readLock, renderedBy } from '../../src/lock/index.ts';
import { loadDefinition } from '../../src/project/index.ts';
import { outage } from './outage.ts';
import { type PodList, podsOf, sums } from './requests.ts';
import { copyOf, homeplane, kubectl, Up, untilGone } from './support.ts';

const CLUSTERS = ['production', 'staging'] as const;

describe('the reference homelab', () => {
  let up: Up;
  beforeAll(async () => {
    up = new Up(await copyOf('homelab/homelab.ts'));
  });
  afterAll(async () => {
    up.signal('SIGKILL');
    await up.exited;
  });

  const rows = async (cluster: string, ...args: string[]) => {
    const { stdout, stderr } = await kubectl(up.folder, cluster, ['get', '--no-headers', ...args]);
    if (stdout === '') throw new Error(stderr);
    return stdout.split('\n').map((line) => line.split(/\s+/));
  };

  it('converges: every object of both clusters becomes ready', async () => {
    await Promise.all(CLUSTERS.map((cluster) => up.ready(cluster)));
  });

  it.each(CLUSTERS)('%s: Flux says the same to kubectl', async (cluster) => {
    const columns =
      '-o=custom-columns=NAME:.metadata.name,READY:.status.conditions[?(@.type=="Ready")].status';
    const kustomizations = await rows(cluster, 'kustomizations', '-n', 'flux-system', columns);
    const releases = await rows(cluster, 'helmreleases', '-A', columns);
    expect(kustomizations.length).toBeGreaterThanOrEqual(9);
    expect(releases.map(([name]) => name)).toEqual(
      expect.arrayContaining(['metallb', 'cert-manager', 'traefik', 'flux-operator']),
    );
    for (const [name, ready] of [...kustomizations, ...releases]) expect(ready, name).toBe('True');
  });

  it.each([
    ['production', '192.168.100.160'],
    ['staging', '192.168.100.180'],
  ])('%s: Traefik has %s, from the real MetalLB', async (cluster, address) => {
    expect((await rows(cluster, 'svc', '-n', 'traefik', 'traefik'))[0]?.[3]).toBe(address);
  });

  it.each([
    [
      'production',
      [
        ['rk1-1', '8', '32Gi', 'slot-1'],
        ['rk1-2', '8', '32Gi', 'slot-2'],
        ['rk1-3', '8', '32Gi', 'slot-3'],
      ],
    ],
    ['staging', [['pi', '4', '8Gi', 'pi']]],
  ])('%s: the nodes are the hardware of the definition', async (cluster, expected) => {
    const columns =
      '-o=custom-columns=N:.metadata.name,C:.status.capacity.cpu,M:.status.capacity.memory,Z:.metadata.labels.topology\\.kubernetes\\.io/zone,A:.status.nodeInfo.architecture,S:.metadata.labels.homeplane\\.dev/simulated';
    expect(await rows(cluster, 'nodes', columns)).toEqual(expected.map((row) => [...row, 'arm64', 'node']));
  });

  it.each(CLUSTERS)('%s: the real prometheus-operator made what its objects ask for', async (cluster) => {
    const sets = await rows(
      cluster,
      'statefulsets',
      '-n',
      'monitoring',
      '-o=custom-columns=N:.metadata.name,R:.status.readyReplicas',
    );
    const replicas = cluster === 'production' ? '2' : '1';
    expect(sets).toEqual([
      ['alertmanager-kube-prometheus-stack-alertmanager', replicas],
      ['prometheus-kube-prometheus-stack-prometheus', replicas],
    ]);
    const claims = await rows(
      cluster,
      'pvc',
      '-n',
      'monitoring',
      '-o=custom-columns=P:.status.phase,C:.spec.storageClassName',
    );
    const storageClass = cluster === 'production' ? 'longhorn-standard' : 'longhorn-backup';
    expect(claims).toEqual(Array.from({ length: 2 * Number(replicas) }, () => ['Bound', storageClass]));
  });

  it('the real kube-state-metrics has every metric of its own that is asked for', async () => {
    const ports = JSON.parse(
      await readFile(join(up.folder, '.homeplane/ports/production.json'), 'utf8'),
    ) as number[];
    const pages = await Promise.all(
      ports.map((port) =>
        fetch(`http://127.0.0.1:${port}/metrics`).then(
          (response) => response.text(),
          () => '',
        ),
      ),
    );
    const page = pages.find((text) => text.includes('kube_pod_info')) ?? '';
    // Longhorn makes its CronJobs itself, and does not run here.
    const asked = EXPORTER_METRICS.filter((name) => /^kube_(?!cronjob)/.test(name));
    expect(asked.filter((name) => !page.includes(`# TYPE ${name} `))).toEqual([]);
  });

  it.each(CLUSTERS)('%s: Flux decrypted the secrets, which are the twin’s own', async (cluster) => {
    const columns = '-o=custom-columns=U:.data.users,L:.metadata.labels.homeplane\\.dev/simulated';
    const [[users = '', label] = []] = await rows(
      cluster,
      'secret',
      '-n',
      'traefik',
      'dashboard-users',
      columns,
    );
    expect(Buffer.from(users, 'base64').toString()).toMatch(/^admin:\$2/);
    expect(label).toBe('secret');
  });

  it('says so on one screen, and to programs by its exit code', async () => {
    const { exitCode, stdout } = await homeplane(up.folder, 'status');
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(
        /production {2}ready {2}3 of 3 nodes[\s\S]*2 of 2 clusters ready$/,
      ) as string,
    });
    const { clusters } = JSON.parse((await homeplane(up.folder, 'status', 'staging', '--json')).stdout) as {
      clusters: { name: string; ready: boolean; causes: unknown[] }[];
    };
    expect(clusters).toEqual([expect.objectContaining({ name: 'staging', ready: true, causes: [] })]);
  });

  it.each(CLUSTERS)(
    '%s: what runs is what the definition says, and an edit by hand is seen',
    async (cluster) => {
      const diff = () => homeplane(up.folder, 'diff', '--live', cluster, '--exit-code');
      expect(await diff()).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(/^nothing changes\n?$/) as string,
      });
      const set = (types: string[]) =>
        kubectl(up.folder, cluster, [
          'patch',
          'networkpolicy',
          '--namespace=default',
          'default-deny',
          '--type=merge',
          `--patch=${JSON.stringify({ spec: { policyTypes: types } })}`,
        ]);
      await set(['Ingress']);
      const { exitCode, stdout } = await diff();
      await set(['Ingress', 'Egress']);
      expect({ exitCode, stdout }).toEqual({
        exitCode: 1,
        stdout: expect.stringContaining('spec.policyTypes: ["Ingress"] -> ["Ingress","Egress"]') as string,
      });
    },
  );

  it.each(CLUSTERS)('%s: the API server knows every field of every object of the tree', async (cluster) => {
    await homeplane(up.folder, 'build', '--out', 'tree');
    const root = join(up.folder, 'tree/clusters', cluster);
    const files = (await readdir(root, { recursive: true }))
      .filter((file) => file.endsWith('.yaml') && !file.endsWith('kustomization.yaml'))
      .map((file) => `--filename=${join(root, file)}`);
    expect(files.length).toBeGreaterThan(60);
    const strict = ['--server-side', '--force-conflicts', '--dry-run=server', '--validate=strict'];
    const { exitCode, stderr } = await kubectl(up.folder, cluster, ['apply', ...strict, ...files]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it.each(['rk1-1', 'rk1-2', 'rk1-3'])('production without %s: its pods fit on the others', async (node) => {
    const waiting = async () => {
      const pods = await rows(
        'production',
        'pods',
        '-A',
        '-o=custom-columns=N:.metadata.name,O:.spec.nodeName,P:.status.phase,K:.metadata.ownerReferences[0].kind',
      );
      return pods.filter(
        ([name, on, phase, owner]) =>
          owner !== 'DaemonSet' &&
          // The cable of the UPS leads to one node, and its server with it.
          name?.startsWith('nut-') !== true &&
          (on === node || !['Running', 'Succeeded'].includes(phase ?? '')),
      );
    };
    const taint = (change: string) => kubectl(up.folder, 'production', ['taint', 'node', node, change]);
    await taint('homeplane.dev/lost=:NoExecute');
    try {
      for (const deadline = Date.now() + 60_000; ; await sleep(1_000)) {
        const left = await waiting();
        if (left.length === 0) break;
        if (Date.now() > deadline) throw new Error(`without a place: ${JSON.stringify(left)}`);
      }
    } finally {
      await taint('homeplane.dev/lost-');
    }
  });

  it('a privileged pod in a restricted namespace is refused by the API server', async () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'evil', namespace: 'traefik' },
      spec: { containers: [{ name: 'a', image: 'a', securityContext: { privileged: true } }] },
    };
    const { exitCode, stderr } = await kubectl(
      up.folder,
      'staging',
      ['apply', '-f', '-'],
      JSON.stringify(pod),
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain('violates PodSecurity "restricted:latest"');
  });

  it('what is simulated says so, and certificates are real key pairs', async () => {
    const { stdout } = await kubectl(up.folder, 'staging', [
      'get',
      'certificate',
      '-n',
      'traefik',
      'wildcard',
      '-o',
      'jsonpath={.status.conditions[0].reason}',
    ]);
    expect(stdout).toBe('Simulated');
    const secret = await kubectl(up.folder, 'staging', [
      'get',
      'secret',
      '-n',
      'traefik',
      'wildcard',
      '-o',
      'jsonpath={.data.tls\\.crt}',
    ]);
    expect(Buffer.from(secret.stdout, 'base64').toString()).toMatch(/^-----BEGIN CERTIFICATE-----/);
  });

  it('production writes down who touches a Secret, and not what is in it', async () => {
    await kubectl(up.folder, 'production', [
      'create',
      'secret',
      'generic',
      'canary',
      '-n',
      'default',
      '--from-literal=word=chirp-chirp',
    ]);
    const log = async () =>
      readFile(join(up.folder, '.homeplane/clusters/production/logs/audit.log'), 'utf8');
    for (const deadline = Date.now() + 10_000; !(await log()).includes('"name":"canary"'); await sleep(100))
      expect(Date.now()).toBeLessThan(deadline);
    expect(await log()).not.toContain('chirp-chirp');
    expect(await log()).not.toContain(Buffer.from('chirp-chirp').toString('base64'));
  });

  it('who has no client certificate is told nothing', async () => {
    const { stdout: text } = await homeplane(up.folder, 'kubeconfig', 'staging');
    const server = /server: (\S+)/.exec(text)?.[1] ?? '';
    const { exitCode, stderr } = await kubectl(up.folder, 'staging', [
      '--kubeconfig=/dev/null',
      '--insecure-skip-tls-verify',
      '--server',
      server,
      '--username=x',
      '--password=y',
      'get',
      'ns',
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/Unauthorized|logged in/);
  });

  it.each(CLUSTERS)('%s: capacity counts the pods that are there, and what they ask for', async (cluster) => {
    const { stdout } = await kubectl(up.folder, cluster, ['get', 'pods', '-A', '-o', 'json']);
    const real = podsOf(JSON.parse(stdout) as PodList);
    const { homelab } = await loadDefinition(join(up.folder, 'homelab.ts'));
    const lock = await readLock(join(up.folder, LOCK_FILE));
    const plan = homelab && planHomelab(homelab).find((other) => other.cluster.name === cluster);
    if (plan === undefined) throw new Error('no plan');
    // The twin runs Flux' controllers outside of the cluster.
    const objects = inventory(plan, renderedBy(lock))
      .map(({ object }) => object)
      .filter(({ kind }) => kind !== 'FluxInstance');
    const nodes = plan.cluster.nodes.length;
    const predicted = sums(
      podGroups(objects).map(({ namespace, copies, cpu, memory }) => ({
        namespace,
        pods: copies === 'one on each node' ? nodes : copies,
        cpu,
        memory,
      })),
    );
    expect(predicted).toEqual(real);
  });

  it('apps are stopped when the battery runs low, and come back with the mains', async () => {
    const power = await outage(up.folder, 'staging');
    const replicas = async () =>
      (await rows('staging', 'statefulsets', '-n', 'vault', '-o', 'jsonpath={.items[*].spec.replicas}'))
        .flat()
        .map(Number);
    const until = async (wanted: number) => {
      for (const deadline = Date.now() + 30_000; !(await replicas()).every((count) => count === wanted); )
        expect(Date.now(), power.log()).toBeLessThan(deadline);
    };
    try {
      await until(1);
      power.becomes(['OB', 'LB']);
      await until(0);
      power.becomes(['OL', 'CHRG']);
      await until(1);
    } finally {
      power.stop();
    }
  });

  it('an edit of the definition is compiled, committed and reconciled', async () => {
    const file = join(up.folder, 'homelab.ts');
    const text = await readFile(file, 'utf8');
    const from = up.events.length;
    await writeFile(
      file,
      text.replaceAll(
        "traefik({ address: '192.168.100.180' })",
        "traefik({ address: '192.168.100.180', requestsPerSecond: 77 })",
      ),
    );
    await up.event('committed', ({ type }) => type === 'committed', from);
    const average = () =>
      kubectl(up.folder, 'staging', [
        'get',
        'middleware',
        '-n',
        'traefik',
        'rate-limit',
        '-o',
        'jsonpath={.spec.rateLimit.average}',
      ]);
    for (const deadline = Date.now() + 60_000; (await average()).stdout !== '77'; await sleep(250))
      expect(Date.now()).toBeLessThan(deadline);
    await Promise.all(CLUSTERS.map((cluster) => up.ready(cluster, from)));
  });

  it('a broken edit changes nothing and is said', async () => {
    const file = join(up.folder, 'homelab.ts');
    const text = await readFile(file, 'utf8');
    const from = up.events.length;
    await writeFile(file, text.replace("zone: 'hallonen.se'", "zone: 'example.org'"));
    const note = await up.event('note', ({ type }) => type === 'note', from);
    expect(note['message']).toContain('the clusters stay as they are');
    await writeFile(file, text);
    await up.event(
      'note',
      (event) =>
        event.type === 'note' && event['message'] === 'the definition was saved, the tree stays the same',
      from,
    );
  });

  it('an API server that is killed is started again, and is seen to be gone and back', async () => {
    const started = up.events.findLast(
      (event) => event.type === 'process-started' && event['service'] === 'staging/kube-apiserver',
    );
    const from = up.events.length;
    process.kill(started?.['pid'] as number, 'SIGKILL');
    await up.event(
      'unreachable',
      (event) => event.type === 'cluster' && event.cluster === 'staging' && event['connected'] === false,
      from,
    );
    await up.event(
      'died',
      (event) => event.type === 'process-died' && event['service'] === 'staging/kube-apiserver',
      from,
    );
    await up.ready('staging', from);
  });

  it('a second homeplane is told to use the first', async () => {
    const { exitCode, stderr } = await homeplane(up.folder, 'up', '--exit-when-ready');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('HP1301');
  });

  it('kill -9 leaves no process, and the next start finds everything as it was', async () => {
    const pids = await up.pids();
    expect(pids.length).toBeGreaterThan(15);
    up.signal('SIGKILL');
    await up.exited;
    await untilGone(pids);
    up = new Up(up.folder);
    await Promise.all(CLUSTERS.map((cluster) => up.ready(cluster)));
  });

  it('Ctrl-C ends everything', async () => {
    const pids = await up.pids();
    up.signal('SIGINT');
    expect(await up.exited).toBe(0);
    await untilGone(pids);
    expect(await up.pids()).toEqual([]);
    expect(await homeplane(up.folder, 'down', '--purge')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('no twin is running here') as string,
    });
  });
});
