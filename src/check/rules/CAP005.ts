import { quantity } from '../../capacity/index.ts';
import { mapAt, wordAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

export const CAP005: ObjectRule = {
  id: 'CAP005',
  title: 'a request above its own limit',
  severity: 'error',
  why: 'The API server refuses such a pod: the workload exists and has none.',
  remedy: 'Raise the limit, or lower the request.',
  references: ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/'],
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { spec: { containers: [{ name: web, resources: { requests: { memory: 128Mi }, limits: { memory: 64Mi } } }] } } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { spec: { containers: [{ name: web, resources: { requests: { memory: 64Mi }, limits: { memory: 128Mi } } }] } } }
`,
  *inspect(world) {
    for (const { object, containers } of world.pods)
      for (const { name, fields } of containers) {
        const limits = mapAt(fields, 'resources', 'limits');
        for (const [resource, asked] of Object.entries(mapAt(fields, 'resources', 'requests'))) {
          const limit = limits[resource];
          if (limit !== undefined && quantity(asked) > quantity(limit))
            yield {
              object,
              message: `container ${name} asks for ${wordAt(asked)} of ${resource} and may have ${wordAt(limit)}`,
            };
        }
      }
  },
};
