import type { ObjectRule } from '../rule.ts';

/** What is served with a warning (kubernetes.io/blog release announcements). */
const DEPRECATED: readonly (readonly [apiVersion: string, kind: string, since: string, instead: string])[] = [
  ['v1', 'Endpoints', '1.33', 'discovery.k8s.io/v1 EndpointSlice'],
  ['v1', 'ComponentStatus', '1.19', 'the health of /livez and /readyz'],
];

export const UPD003: ObjectRule = {
  id: 'UPD003',
  title: 'an API that Kubernetes has deprecated',
  severity: 'info',
  why: 'It still works and is no longer developed: newer features, such as addresses of two families, do not reach it.',
  remedy: 'Move to what takes its place before it is removed.',
  references: ['https://kubernetes.io/blog/2025/04/24/endpoints-deprecation/'],
  bad: `
apiVersion: v1
kind: Endpoints
metadata: { name: nas, namespace: web }
`,
  good: `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: nas, namespace: web }
`,
  *inspect(world) {
    for (const [apiVersion, kind, since, instead] of DEPRECATED)
      for (const object of world.of(kind))
        if (object.apiVersion === apiVersion)
          yield { object, message: `is deprecated since Kubernetes ${since}`, remedy: `Use ${instead}.` };
  },
};
