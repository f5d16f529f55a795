import { isClusterScoped } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

/** Kinds of Kubernetes itself: of others it is not known whether they lie in a namespace. */
const NAMESPACED: ReadonlySet<string> = new Set([
  'ConfigMap',
  'CronJob',
  'DaemonSet',
  'Deployment',
  'Ingress',
  'Job',
  'NetworkPolicy',
  'PersistentVolumeClaim',
  'Pod',
  'PodDisruptionBudget',
  'Role',
  'RoleBinding',
  'Secret',
  'Service',
  'ServiceAccount',
  'StatefulSet',
]);

export const DEF009: ObjectRule = {
  id: 'DEF009',
  title: 'an object that lands in the default namespace',
  severity: 'warning',
  why: 'It names no namespace and nothing sets one: it is put where nothing is limited or isolated, and where its neighbours do not find it.',
  remedy: 'Write metadata.namespace, or namespace in the kustomization.yaml above it.',
  references: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/'],
  bad: `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
`,
  good: `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: web }
`,
  *inspect(world) {
    for (const object of world.objects)
      if (
        object.metadata.namespace === undefined &&
        NAMESPACED.has(object.kind) &&
        !isClusterScoped(object.kind)
      )
        yield { object, message: 'names no namespace' };
  },
};
