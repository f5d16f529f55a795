import { textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

const OTHER = /(^|\/)(amd64|i386|x86_64)\/|[-_.:](amd64|x86_64|x64)(@|$)/;

export const ARM003: ObjectRule = {
  id: 'ARM003',
  title: 'an image for another processor',
  severity: 'error',
  why: 'Its name says amd64: on an ARM board the container ends at once with "exec format error", or runs tenfold slower under QEMU.',
  remedy:
    'Use the tag for all platforms, or the one for arm64; `homeplane images --verify` asks the registry.',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { spec: { containers: [{ name: web, image: 'example/web:1.2.3-amd64' }] } } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec: { template: { spec: { containers: [{ name: web, image: 'example/web:1.2.3' }] } } }
`,
  *inspect(world) {
    for (const { object, spec, containers } of world.pods) {
      if (textAt(spec, 'nodeSelector', 'kubernetes.io/arch') === 'amd64') continue;
      for (const { name, fields } of containers) {
        const image = textAt(fields, 'image');
        if (image !== undefined && OTHER.test(image))
          yield { object, message: `container ${name} runs ${image}` };
      }
    }
  },
};
