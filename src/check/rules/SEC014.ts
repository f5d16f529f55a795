import { mapAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

const PREFIX = 'pod-security.kubernetes.io/';
/** The API server makes these itself, and nobody labels them in Git. */
const BUILT_IN = new Set(['kube-system', 'kube-public', 'kube-node-lease']);

export const SEC014: ObjectRule = {
  id: 'SEC014',
  title: 'a namespace without a PodSecurity level',
  severity: 'info',
  why: "What may start there is the cluster's default: privileged on most, and on Talos baseline, where charts then fail that ran elsewhere.",
  remedy: `Label the namespace with ${PREFIX}enforce: restricted, or the level that its pods need.`,
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-admission/'],
  bad: `
apiVersion: v1
kind: Namespace
metadata: { name: web }
`,
  good: `
apiVersion: v1
kind: Namespace
metadata: { name: web, labels: { ${PREFIX}enforce: restricted } }
`,
  *inspect(world) {
    for (const object of world.of('Namespace'))
      if (
        !BUILT_IN.has(object.metadata.name) &&
        mapAt(object, 'metadata', 'labels')[`${PREFIX}enforce`] === undefined
      )
        yield { object, message: 'says nothing of what pods may start in it' };
  },
};
