import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { probeHttp, type Service } from '../../process/index.ts';
import type { Resolved } from '../../toolchain/index.ts';
import type { Layout } from '../layout.ts';

/** Answers for the kubelets: nodes stay ready, pods become running without a container. */
export async function kwok(layout: Layout, { file, assets, name }: Resolved): Promise<Service> {
  if (assets === undefined) throw new Error('kwok came without its stages');
  const entries = await readdir(assets, { recursive: true });
  const stages = entries.filter((entry) => entry.endsWith('.yaml')).toSorted();
  const address = `127.0.0.1:${layout.ports.kwok}`;
  const args = [
    `--kubeconfig=${layout.kubeconfig('kwok')}`,
    '--manage-all-nodes=false',
    '--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake',
    '--node-lease-duration-seconds=40',
    `--server-address=${address}`,
    ...stages.map((stage) => `--config=${join(assets, stage)}`),
  ];
  return {
    name: `${layout.cluster.name}/${name}`,
    command: { file, args },
    log: layout.log(name),
    probe: probeHttp({ url: `http://${address}/healthz` }),
  };
}
