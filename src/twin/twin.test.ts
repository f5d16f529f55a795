import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, stat, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { create } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { soundDefinition } from '../../test/support/definition.ts';
import { planHomelab, repositories } from '../compile/index.ts';
import { readHomelab, rk1, slot, talos, turingPi2 } from '../model/index.ts';
import { PortPool } from '../process/index.ts';
import { readCharts, repositoryIndex } from './charts/folder.ts';
import { locallyServed } from './charts/local.ts';
import { TreeRepository } from './git/repository.ts';
import { nodeObject } from './nodes.ts';
import { Authority } from './pki.ts';
import { type SourceServer, serveSources } from './server.ts';
import { State } from './state.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeplane-twin-'));
});

describe('keys', () => {
  it('are signed by the authority for the names they are for, and kept private', async () => {
    const authority = await Authority.open(folder, 'test');
    const { cert } = await authority.issue({
      file: 'server',
      commonName: 'server',
      names: ['127.0.0.1', 'localhost'],
    });
    const certificate = new X509Certificate(cert);
    expect(certificate.verify(new X509Certificate(authority.certificate).publicKey)).toBe(true);
    expect([
      certificate.checkIP('127.0.0.1'),
      certificate.checkHost('localhost'),
      certificate.checkHost('other'),
    ]).toEqual(['127.0.0.1', 'localhost', undefined]);
    for (const file of await readdir(folder))
      expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
  });

  it('stay the same until the authority is lost, and then are all new', async () => {
    const first = await (await Authority.open(folder, 'test')).issue({ file: 'a', commonName: 'a' });
    expect(await (await Authority.open(folder, 'test')).issue({ file: 'a', commonName: 'a' })).toEqual(first);
    await writeFile(join(folder, 'ca.key'), 'damaged');
    expect(await (await Authority.open(folder, 'test')).issue({ file: 'a', commonName: 'a' })).not.toEqual(
      first,
    );
  });
});

describe('state', () => {
  it('is for its owner only, never for Git, and for one homeplane at a time', async () => {
    const state = new State(join(folder, '.homeplane'));
    const lock = await state.open();
    expect((await stat(state.folder)).mode & 0o777).toBe(0o700);
    await execa('git', ['init', '--quiet'], { cwd: folder });
    await writeFile(join(state.folder, 'secret.key'), 'x');
    await execa('git', ['add', '-A'], { cwd: folder });
    expect((await execa('git', ['ls-files'], { cwd: folder })).stdout).toBe('');
    await expect(state.open()).rejects.toMatchObject({ code: 'HP1301' });
    expect(await state.runningPid()).toBe(process.pid);
    await lock.release();
    expect(await state.runningPid()).toBeUndefined();
  });
});

describe('nodes', () => {
  it('mirror the hardware', () => {
    const definition = soundDefinition();
    const board = turingPi2('turing', { slots: { 1: rk1({ memory: '32GB' }) } });
    definition.sites[0]?.boards.push(board);
    const [lab] = definition.clusters;
    if (lab === undefined) throw new Error('no cluster');
    lab.os = talos({ version: '1.13.0' });
    lab.nodes = [{ name: 'rk1-1', on: slot(board, 1), address: '192.168.7.50', roles: ['control-plane'] }];
    const cluster = readHomelab(definition).homelab?.clusters[0];
    const node = cluster?.nodes[0];
    if (cluster === undefined || node === undefined) throw new Error('not sound');
    expect(nodeObject(cluster, node, '0.8.0')).toMatchObject({
      metadata: {
        labels: {
          'kubernetes.io/arch': 'arm64',
          'topology.kubernetes.io/zone': 'slot-1',
          'homeplane.dev/simulated': 'node',
        },
      },
      spec: { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] },
      status: {
        capacity: { cpu: '8', memory: '32Gi', pods: '110' },
        // Without what the system keeps and what must stay free: 911 and 200 MiB.
        allocatable: { cpu: '7870m', memory: '31657Mi' },
        nodeInfo: { osImage: 'Talos (v1.13.0)', kubeletVersion: 'v1.36.3' },
      },
    });
  });
});

/** A packaged chart, as `helm package` makes one. */
async function packageChart(into: string, name: string, version: string): Promise<void> {
  const source = await mkdtemp(join(tmpdir(), 'homeplane-chart-'));
  const chart = join(source, name);
  await execa('mkdir', ['-p', join(chart, 'charts/sub')]);
  await writeFile(join(chart, 'charts/sub/Chart.yaml'), 'apiVersion: v2\nname: sub\nversion: 9.9.9\n');
  await writeFile(join(chart, 'Chart.yaml'), `apiVersion: v2\nname: ${name}\nversion: ${version}\n`);
  await create({ cwd: source, file: join(into, `${name}-${version}.tgz`), gzip: true }, [name]);
}

describe('charts of a folder', () => {
  it('become a repository index', async () => {
    await packageChart(folder, 'traefik', '41.3.0');
    const charts = await readCharts(folder);
    expect(parse(repositoryIndex(charts, () => 'http://here/x.tgz'))).toEqual({
      apiVersion: 'v1',
      entries: {
        traefik: [
          expect.objectContaining({
            version: '41.3.0',
            urls: ['http://here/x.tgz'],
            digest: charts[0]?.digest,
          }),
        ],
      },
    });
  });

  it('stand in only for repositories whose every chart is there in its version', async () => {
    await packageChart(folder, 'traefik', '41.3.0');
    await packageChart(folder, 'metallb', '0.0.1');
    const { homelab } = readHomelab(soundDefinition());
    if (homelab === undefined) throw new Error('not sound');
    const plans = planHomelab(homelab);
    const serves = locallyServed(await readCharts(folder), plans);
    expect(
      plans
        .flatMap((plan) => repositories(plan))
        .filter(serves)
        .map(({ metadata }) => metadata.name),
    ).toEqual(['traefik-github-io-charts']);
  });

  it('that are none, or a folder that is not there, are said so', async () => {
    await writeFile(join(folder, 'x.tgz'), 'not a chart');
    await expect(readCharts(folder)).rejects.toMatchObject({
      code: 'HP1307',
      message: expect.stringContaining('x.tgz') as string,
    });
    await expect(readCharts(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'HP1307' });
  });
});

describe('the tree in Git', () => {
  let server: SourceServer;
  afterEach(() => server.close());

  it('can be cloned, has a commit for each change, and takes no push', async () => {
    const repository = await TreeRepository.open(join(folder, 'git/lab.git'), 'main');
    const first = await repository.commit(
      new Map([
        ['a.yaml', 'ä\n'],
        ['b/c.yaml', '1\n'],
      ]),
      'homelab',
      'first',
    );
    expect(
      await repository.commit(
        new Map([
          ['a.yaml', 'ä\n'],
          ['b/c.yaml', '1\n'],
        ]),
        'homelab',
        'same',
      ),
    ).toBe(first);
    const second = await repository.commit(new Map([['a.yaml', 'ä\n']]), 'homelab', 'second');
    expect(second).not.toBe(first);
    const [port] = await new PortPool().allocate(1);
    server = await serveSources(port ?? 0, join(folder, 'git'), 'lab.git', new Map());
    const clone = join(folder, 'clone');
    await execa('git', ['clone', '--quiet', server.git, clone]);
    const git = async (...args: string[]) =>
      (await execa('git', ['-C', clone, ...args], { reject: false })).stdout;
    expect(await git('ls-files')).toBe('homelab/a.yaml');
    expect((await git('log', '--format=%s')).split('\n')).toEqual(['second', 'first']);
    const push = await execa('git', ['-C', clone, 'push', '--quiet', 'origin', 'HEAD:other'], {
      reject: false,
    });
    expect(push.exitCode).not.toBe(0);
  });

  it('is served only to who asks for loopback by its name, and only what is meant to be', async () => {
    await packageChart(folder, 'traefik', '41.3.0');
    const [port = 0] = await new PortPool().allocate(1);
    server = await serveSources(
      port,
      join(folder, 'git'),
      'lab.git',
      new Map([['given', await readCharts(folder)]]),
    );
    const status = (path: string, host = `127.0.0.1:${port}`) =>
      new Promise<number | undefined>((resolve, reject) => {
        http
          .get({ port, path, host: '127.0.0.1', headers: { host } }, (response) => {
            response.resume();
            resolve(response.statusCode);
          })
          .on('error', reject);
      });
    expect(await status('/charts/given/index.yaml')).toBe(200);
    expect(await status('/charts/given/traefik-41.3.0.tgz')).toBe(200);
    expect(await status('/charts/../../etc/passwd')).toBe(404);
    expect(await status('/other.git/info/refs')).toBe(404);
    expect(await status('/charts/given/index.yaml', 'evil.example.org')).toBe(403);
  });
});
