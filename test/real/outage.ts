import { mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { homeplane, kubectl, program } from './support.ts';

const FLAGS = ['OL', 'OB', 'LB', 'CHRG', 'DISCHRG', 'RB'];

interface Shed {
  readonly spec: {
    readonly template: {
      readonly spec: { readonly containers: readonly { readonly env: { name: string; value: string }[] }[] };
    };
  };
}

/** Runs the `ups` component's script as its pod would, with a UPS that says what the test wants. */
export async function outage(folder: string, cluster: string) {
  let on: readonly string[] = ['OL'];
  const metrics = () =>
    FLAGS.map((flag) => `network_ups_tools_ups_status{flag="${flag}"} ${on.includes(flag) ? 1 : 0}\n`).join(
      '',
    );
  const server = createServer((_request, response) => response.end(metrics()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const object = async (kind: string) =>
    JSON.parse(
      (await kubectl(folder, cluster, ['get', kind, 'shed', '-n', 'ups', '-o', 'json'])).stdout,
    ) as unknown;
  const { data } = (await object('configmap')) as { data: Record<string, string> };
  const [container] = ((await object('deployment')) as Shed).spec.template.spec.containers;
  const bin = await mkdtemp(join(tmpdir(), 'homeplane-shed-'));
  await symlink(await program('kubectl'), join(bin, 'kubectl'));
  await writeFile(join(bin, 'shed.sh'), data['shed.sh'] ?? '');
  const child = execa('sh', [join(bin, 'shed.sh')], {
    reject: false,
    all: true,
    env: {
      ...Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value])),
      STATE: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics?ups=apps`,
      INTERVAL: '0.2',
      PATH: `${bin}${delimiter}${process.env['PATH']}`,
      KUBECONFIG: (await homeplane(folder, 'kubeconfig', cluster, '--path')).stdout,
    },
  });
  let log = '';
  child.all.on('data', (chunk: Buffer) => (log += chunk.toString()));
  return {
    becomes: (flags: readonly string[]) => {
      on = flags;
    },
    log: () => log,
    stop: () => {
      child.kill();
      server.close();
    },
  };
}
