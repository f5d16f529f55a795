import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeClient } from '../../src/kube/index.ts';
import type { Cluster } from '../../src/model/index.ts';
import { PortPool, ProcessKeeper, type Service, Supervisor } from '../../src/process/index.ts';
import { type ProgramName, type Resolved, Toolchain } from '../../src/toolchain/index.ts';
import { openLayout } from '../../src/twin/layout.ts';
import { apiServer, etcd } from '../../src/twin/programs/control-plane.ts';
import { State } from '../../src/twin/state.ts';
import { Stream } from '../../src/util/index.ts';

type Layout = Awaited<ReturnType<typeof openLayout>>;

/** A real etcd and API server, and what else a test wants beside them; nothing acts on what is in it. */
export async function openControlPlane(cluster: Cluster) {
  const keeper = new ProcessKeeper();
  const supervisor = new Supervisor(keeper, new Stream());
  const toolchain = new Toolchain(keeper, new Stream());
  const state = new State(await mkdtemp(join(tmpdir(), 'homeplane-control-plane-')));
  const layout = await openLayout(state, cluster, new PortPool());
  const start = async (
    make: (layout: Layout, program: Resolved) => Promise<Service>,
    program: ProgramName,
  ): Promise<Service> => {
    const service = await make(layout, await toolchain.resolve(program));
    await supervisor.start(service);
    return service;
  };
  await start((at, { file }) => etcd(at, file), 'etcd');
  const api = await start((at, { file }) => apiServer(at, file), 'kube-apiserver');
  const client = new KubeClient(layout.admin);
  return {
    client,
    admin: layout.admin,
    start,
    /** Ends the API server and starts it again. */
    async restartApiServer(whileItIsDown: () => Promise<void> = () => Promise.resolve()): Promise<void> {
      await supervisor.stop(api.name);
      await whileItIsDown();
      await supervisor.start(api);
    },
    async close(): Promise<void> {
      client.close();
      await keeper.close();
    },
  };
}
