import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import {
  acquireLock,
  exists,
  Fault,
  type Lock,
  lockHolder,
  readJson,
  writeFileAtomic,
} from '../util/index.ts';

const PidsSchema = z.array(z.object({ pid: z.number().int().positive(), file: z.string() }));
const PortsSchema = z.array(z.number().int().positive());

/** The folder `.homeplane/`: everything that a twin keeps from one run to the next. Readable by its owner only. */
export class State {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = resolve(folder);
  }

  /** Makes the folder and takes it. @throws Fault HP1301 when another homeplane has it. */
  async open(): Promise<Lock> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    // Keys are in here: no `git add -A` may ever take them along.
    await writeFileAtomic(join(this.folder, '.gitignore'), '*\n');
    let holder = 0;
    const lock = await acquireLock(join(this.folder, 'lock'), (pid) => {
      holder = pid;
      return false;
    });
    if (lock === undefined) throw new Fault('HP1301', `process ${holder} has ${this.folder}`);
    return lock;
  }

  /** The homeplane that has this folder; undefined when none does. */
  runningPid(): Promise<number | undefined> {
    return lockHolder(join(this.folder, 'lock'));
  }

  /** Folder of one cluster. */
  cluster(name: string): string {
    return join(this.folder, 'clusters', name);
  }

  /** Names of the clusters that have ever been up. */
  async clusters(): Promise<string[]> {
    const entries = await readdir(join(this.folder, 'clusters'), { withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .toSorted();
  }

  gitRepositories(): string {
    return join(this.folder, 'git');
  }

  /** The kubeconfig of a cluster's administrator, if it has ever been up. */
  async kubeconfigFile(cluster: string): Promise<string | undefined> {
    const file = adminKubeconfig(this.cluster(cluster));
    return (await exists(file)) ? file : undefined;
  }

  async readPids(): Promise<{ pid: number; file: string }[]> {
    return PidsSchema.catch([]).parse(await readJson(join(this.folder, 'pids.json')));
  }

  async writePids(pids: readonly { pid: number; file: string }[]): Promise<void> {
    await writeFileAtomic(join(this.folder, 'pids.json'), JSON.stringify(pids), 0o600);
  }

  /** Ports that a part of the twin had last time. */
  async readPorts(part: string): Promise<number[]> {
    return PortsSchema.catch([]).parse(await readJson(join(this.folder, 'ports', `${part}.json`)));
  }

  async writePorts(part: string, ports: readonly number[]): Promise<void> {
    await mkdir(join(this.folder, 'ports'), { recursive: true });
    await writeFileAtomic(join(this.folder, 'ports', `${part}.json`), JSON.stringify(ports), 0o600);
  }

  async purge(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Where a cluster's administrator's kubeconfig is. */
export function adminKubeconfig(clusterFolder: string): string {
  return join(clusterFolder, 'kubeconfig.yaml');
}
