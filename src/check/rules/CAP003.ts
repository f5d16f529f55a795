import { field } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

export const CAP003: ObjectRule = {
  id: 'CAP003',
  title: 'a container that asks for nothing',
  severity: 'warning',
  why: 'The scheduler takes it for free and fills a small board with such; when memory runs out there, these are the first that are killed.',
  remedy: 'Set requests for cpu and memory to what it uses in quiet.',
  references: ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/'],
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { spec: { containers: [{ name: web, resources: { requests: { cpu: 10m } } }] } } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { spec: { containers: [{ name: web, resources: { requests: { cpu: 10m, memory: 32Mi } } }] } } }
`,
  *inspect(world) {
    for (const { object, containers } of world.pods)
      for (const { name, init, fields } of containers) {
        if (init) continue;
        // A limit without a request is a request too.
        const lacks = ['cpu', 'memory'].filter(
          (resource) =>
            field(fields, 'resources', 'requests', resource) === undefined &&
            field(fields, 'resources', 'limits', resource) === undefined,
        );
        if (lacks.length > 0)
          yield { object, message: `container ${name} asks for no ${lacks.join(' and no ')}` };
      }
  },
};
