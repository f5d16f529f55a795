import type { ObjectRule } from '../rule.ts';

/** RFC 1123: what most names must be; roles and CRDs may have more. */
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const LABELS = new Set(['Namespace', 'Service']);
const FREE = new Set(['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding']);

export const DEF011: ObjectRule = {
  id: 'DEF011',
  title: 'a name that Kubernetes does not take',
  severity: 'error',
  why: 'The API server refuses the object, and with it the whole Kustomization.',
  remedy: 'Lower-case letters, digits and dashes, 63 of them at most for a Service or a Namespace.',
  references: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/names/'],
  bad: `
apiVersion: v1
kind: Service
metadata: { name: My_Service, namespace: web }
`,
  good: `
apiVersion: v1
kind: Service
metadata: { name: my-service, namespace: web }
`,
  *inspect(world) {
    for (const object of world.objects) {
      const { name } = object.metadata;
      const right = LABELS.has(object.kind)
        ? LABEL.test(name) && name.length <= 63
        : FREE.has(object.kind) || (SUBDOMAIN.test(name) && name.length <= 253);
      if (!right && !name.includes('${')) yield { object, message: 'has a name that is not allowed' };
    }
  },
};
