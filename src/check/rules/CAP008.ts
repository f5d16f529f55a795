import { quantity } from '../../capacity/index.ts';
import { textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

export const CAP008: ObjectRule = {
  id: 'CAP008',
  title: 'a Prometheus that may outgrow its disk',
  severity: 'error',
  why: 'Kept by days alone, or by more bytes than the volume has, it fills the disk, stops writing and does not start again.',
  remedy: 'Set retentionSize to 80 % of the volume or less.',
  references: ['https://prometheus.io/docs/prometheus/latest/storage/#operational-aspects'],
  bad: `
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: main, namespace: monitoring }
spec: { retention: 30d, storage: { volumeClaimTemplate: { spec: { resources: { requests: { storage: 20Gi } } } } } }
`,
  good: `
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: main, namespace: monitoring }
spec: { retention: 30d, retentionSize: 16GB, storage: { volumeClaimTemplate: { spec: { resources: { requests: { storage: 20Gi } } } } } }
`,
  *inspect(world) {
    for (const object of world.of('Prometheus')) {
      const size = textAt(
        object,
        'spec',
        'storage',
        'volumeClaimTemplate',
        'spec',
        'resources',
        'requests',
        'storage',
      );
      if (size === undefined) continue;
      const kept = textAt(object, 'spec', 'retentionSize');
      // Prometheus writes GB and means GiB.
      const bytes = kept === undefined ? Number.POSITIVE_INFINITY : quantity(kept.replace(/i?B$/, 'i'));
      if (bytes > quantity(size))
        yield { object, message: `has a volume of ${size} and keeps ${kept ?? 'by time alone'}` };
    }
  },
};
