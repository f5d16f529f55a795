import { identityOf, type KubeObject } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

export const FLX012: ObjectRule = {
  id: 'FLX012',
  title: 'one object, written twice',
  severity: 'error',
  why: 'Two who apply the same object undo each other for ever, and when one prunes it, it is gone for the other too.',
  remedy: 'Keep one of the two.',
  references: ['https://fluxcd.io/flux/faq/'],
  bad: `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: web }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: web }
`,
  good: `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: web }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: db }
`,
  *inspect(world) {
    const seen = new Set<string>();
    for (const object of world.objects) {
      const name = identityOf(object);
      if (seen.has(name) && !shared(object)) yield { object, message: 'is in two places' };
      seen.add(name);
    }
  },
};

/** Who needs a namespace writes it, so that it is there; that the same is written twice harms nobody. */
function shared({ kind }: KubeObject): boolean {
  return kind === 'Namespace' || kind === 'CustomResourceDefinition';
}
