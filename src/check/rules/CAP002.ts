import { app } from '../../apps/index.ts';
import { storageUse } from '../../capacity/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const CAP002: DefinitionRule = {
  id: 'CAP002',
  title: 'volumes that are larger than the disks',
  severity: 'error',
  why: 'Replicas of a volume need their place on as many disks: what finds none stays degraded, or is never made.',
  remedy: 'Ask for less storage, use a class with fewer replicas, or fit larger disks.',
  bad(definition) {
    const storage = { '/data': { size: '900Gi' } };
    for (const cluster of definition.clusters)
      cluster.apps = [
        app('huge', { image: 'a/b:1.0.0', port: 80, requests: { cpu: '10m', memory: '64Mi' }, storage }),
      ];
  },
  *find({ plans, worldOf }) {
    for (const plan of plans) {
      const { cluster } = plan;
      const { withReplicas, disks, volumes } = storageUse(cluster, worldOf(plan).objects);
      if (withReplicas > disks)
        yield {
          at: [...cluster.at, 'apps'],
          message: `${volumes} volumes of ${cluster.name} need ${gib(withReplicas)} with their replicas, its disks have ${gib(disks)}`,
        };
    }
  },
};

function gib(bytes: number): string {
  return `${Math.round(bytes / 2 ** 30)} GiB`;
}
