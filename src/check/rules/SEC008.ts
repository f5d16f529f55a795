import { textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

export const SEC008: ObjectRule = {
  id: 'SEC008',
  title: 'an image whose version is left to chance',
  severity: 'warning',
  why: 'Each node pulls whatever is newest when the pod happens to start there: two replicas differ, and nothing can be rolled back to.',
  remedy: 'Write a version, such as `:1.2.3`, or a digest.',
  references: ['https://kubernetes.io/docs/concepts/containers/images/#image-names'],
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { spec: { containers: [{ name: web, image: registry.example.org:5000/web }] } } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { spec: { containers: [{ name: web, image: 'registry.example.org:5000/web:1.2.3' }] } } }
`,
  *inspect(world) {
    for (const { object, containers } of world.pods)
      for (const { name, fields } of containers) {
        const image = textAt(fields, 'image');
        if (image === undefined || image.includes('@sha256:') || image.includes('${')) continue;
        const tag = /:([^:/]+)$/.exec(image)?.[1];
        if (tag === undefined || tag === 'latest')
          yield {
            object,
            message: `container ${name} runs ${image}, ${tag === undefined ? 'without a tag' : 'the latest one'}`,
          };
      }
  },
};
