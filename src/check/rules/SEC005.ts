import { POD_SECURITY_LEVELS } from '../../components/index.ts';
import { textAt } from '../../kube/index.ts';
import { refusals } from '../pod-security.ts';
import type { ObjectRule } from '../rule.ts';

const LABEL = 'pod-security.kubernetes.io/enforce';

export const SEC005: ObjectRule = {
  id: 'SEC005',
  title: 'pods that their namespace refuses',
  severity: 'error',
  why: 'PodSecurity admission turns the pods away, the workload stays at zero and says nothing: an install hangs until it times out.',
  remedy: `Give the namespace the label ${LABEL} at the level its pods need, or the pods the security context it wants.`,
  references: [
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
    'https://github.com/longhorn/longhorn/issues/1459',
  ],
  bad: `
apiVersion: v1
kind: Namespace
metadata: { name: system, labels: { ${LABEL}: baseline } }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: system }
spec: { template: { spec: { hostNetwork: true, containers: [{ name: agent }] } } }
`,
  good: `
apiVersion: v1
kind: Namespace
metadata: { name: system, labels: { ${LABEL}: privileged } }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: system }
spec: { template: { spec: { hostNetwork: true, containers: [{ name: agent }] } } }
`,
  *inspect(world) {
    for (const pod of world.pods) {
      const namespace = world.find('Namespace', undefined, pod.namespace);
      const level = POD_SECURITY_LEVELS.find(
        (name) => name === textAt(namespace, 'metadata', 'labels', LABEL),
      );
      if (level === undefined) continue;
      const [first] = refusals(pod, level);
      if (first !== undefined)
        yield {
          object: pod.object,
          message: `does not start in namespace ${pod.namespace}, which is ${level}: ${first.reason}`,
        };
    }
  },
};
