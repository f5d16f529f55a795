import { spawn } from 'node:child_process';
import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { LOCK_FILE } from '../../src/lock/index.ts';
import { homeplane, kubectl, ROOT } from './support.ts';

/** Commits the definition to the twin's own Git, beside its tree, as it is in a real repository; Flux then fetches it. */
export async function commitDefinition(folder: string, cluster: string): Promise<void> {
  const clone = await mkdtemp(join(tmpdir(), 'homeplane-clone-'));
  const git = (...args: string[]) =>
    execa('git', ['-C', clone, '-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args]);
  await execa('git', ['clone', '--quiet', join(folder, '.homeplane/git/homelab.git'), clone]);
  for (const file of ['homelab.ts', LOCK_FILE]) await cp(join(folder, file), join(clone, file));
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'The definition');
  await git('push', '--quiet');
  const { stdout: head } = await git('rev-parse', 'HEAD');
  const repository = ['gitrepository', 'flux-system', '--namespace', 'flux-system'];
  const asked = `reconcile.fluxcd.io/requestedAt=${Date.now()}`;
  await kubectl(folder, cluster, ['annotate', ...repository, asked, '--overwrite']);
  for (const deadline = Date.now() + 30_000; ; await sleep(200)) {
    const revision = await kubectl(folder, cluster, [
      'get',
      ...repository,
      '--output',
      'jsonpath={.status.artifact.revision}',
    ]);
    if (revision.stdout.endsWith(head)) return;
    if (Date.now() > deadline) throw new Error(`Flux is at ${revision.stdout}, not at ${head}`);
  }
}

/** homeplane as the pod of the `status-page` component runs it: by its account, which Flux has made, and its arguments. */
export async function runAsPod(folder: string, cluster: string) {
  const run = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await kubectl(folder, cluster, args);
    if (exitCode !== 0) throw new Error(stderr);
    return stdout;
  };
  const account = await mkdtemp(join(tmpdir(), 'homeplane-account-'));
  const kubeconfig = (await homeplane(folder, 'kubeconfig', cluster, '--path')).stdout;
  const view = JSON.parse(
    await run('config', 'view', '--raw', '--output', 'json', '--kubeconfig', kubeconfig),
  ) as { clusters: { cluster: { server: string; 'certificate-authority-data': string } }[] };
  const [{ cluster: api } = { cluster: undefined }] = view.clusters;
  if (api === undefined) throw new Error('the kubeconfig has no cluster');
  await writeFile(join(account, 'ca.crt'), Buffer.from(api['certificate-authority-data'], 'base64'));
  await writeFile(
    join(account, 'token'),
    await run('create', 'token', 'status-page', '--namespace', 'status-page'),
  );
  await writeFile(join(account, 'page-token'), 'token-of-the-page-of-the-test');
  const pod = JSON.parse(
    await run('get', 'deployment', 'status-page', '--namespace', 'status-page', '--output', 'json'),
  ) as { spec: { template: { spec: { containers: { args: string[] }[] } } } };
  const [container] = pod.spec.template.spec.containers;
  const args = (container?.args ?? []).map((arg) => {
    if (arg.startsWith('--port=')) return '--port=0';
    if (arg.startsWith('--bind=')) return '--bind=127.0.0.1';
    if (arg.startsWith('--token-file=')) return `--token-file=${join(account, 'page-token')}`;
    if (arg.startsWith('--state=')) return `--state=${join(account, 'state')}`;
    return arg;
  });
  const { hostname, port } = new URL(api.server);
  const child = spawn('node', [join(ROOT, 'dist/cli/main.js'), ...args], {
    env: {
      ...process.env,
      NO_COLOR: '1',
      KUBERNETES_SERVICE_HOST: hostname,
      KUBERNETES_SERVICE_PORT: port,
      HOMEPLANE_SERVICE_ACCOUNT: account,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  for (const deadline = Date.now() + 30_000; !/page {2}http/.test(stderr); await sleep(50))
    if (Date.now() > deadline || child.exitCode !== null) throw new Error(`no page: ${stderr}`);
  const url = /page {2}(http\S+)/.exec(stderr)?.[1] ?? '';
  return {
    url,
    ask: (path: string, token = 'token-of-the-page-of-the-test') =>
      fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } }),
    stop: () => child.kill('SIGTERM'),
  };
}
