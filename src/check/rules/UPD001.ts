import { talos } from '../../model/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const UPD001: DefinitionRule = {
  id: 'UPD001',
  title: 'a Kubernetes version that this Talos does not support',
  severity: 'error',
  why: 'Talos refuses to start a Kubernetes that it was not made for, and an upgrade stops half-way.',
  remedy: 'Write a Kubernetes version that the Talos release supports, or upgrade Talos first.',
  references: ['https://www.talos.dev/v1.13/introduction/support-matrix/'],
  bad(definition) {
    for (const cluster of definition.clusters) {
      cluster.os = talos({ version: '1.10.0' });
      cluster.kubernetes = '1.36.3';
    }
  },
  *find({ homelab }) {
    for (const { os, kubernetes, at, name } of homelab.clusters) {
      if (os.kind !== 'talos') continue;
      const newest = NEWEST.get(minorOf(os.version));
      if (newest === undefined) continue;
      const minor = minorOf(kubernetes);
      if (minor > newest || minor < newest - SUPPORTED)
        yield {
          at: [...at, 'kubernetes'],
          message: `cluster ${name} wants Kubernetes ${kubernetes}; Talos ${os.version} supports 1.${newest - SUPPORTED} to 1.${newest}`,
        };
    }
  },
};

/** Newest minor of Kubernetes by minor of Talos 1 (support matrix); each supports that and the five before. */
const NEWEST = new Map([
  [9, 32],
  [10, 33],
  [11, 34],
  [12, 35],
  [13, 36],
]);
const SUPPORTED = 5;

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}
