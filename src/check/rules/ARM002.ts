import { listAt, textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

const LABEL = 'kubernetes.io/arch';

export const ARM002: ObjectRule = {
  id: 'ARM002',
  title: 'pods for another processor',
  severity: 'warning',
  why: 'They wait for an amd64 node: on a cluster of ARM boards there is none, and they stay Pending.',
  remedy: `Take the selector away when the image is published for arm64, or add an amd64 node.`,
  references: ['https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-arch'],
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { spec: { containers: [{ name: web }], nodeSelector: { ${LABEL}: amd64 } } } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { spec: { containers: [{ name: web }], nodeSelector: { ${LABEL}: arm64 } } } }
`,
  *inspect(world) {
    for (const { object, spec } of world.pods) {
      const terms = listAt(
        spec,
        'affinity',
        'nodeAffinity',
        'requiredDuringSchedulingIgnoredDuringExecution',
        'nodeSelectorTerms',
      );
      const bound = (term: unknown) =>
        listAt(term, 'matchExpressions').some(
          (wanted) =>
            textAt(wanted, 'key') === LABEL &&
            textAt(wanted, 'operator') === 'In' &&
            !listAt(wanted, 'values').includes('arm64'),
        );
      const selected = textAt(spec, 'nodeSelector', LABEL);
      if ((selected !== undefined && selected !== 'arm64') || (terms.length > 0 && terms.every(bound)))
        yield { object, message: `runs only on ${selected ?? 'other processors than arm64'}` };
    }
  },
};
