import type { KubeObject } from '../../kube/index.ts';
import { resources } from '../shared.ts';

/** Helm renders whole charts in memory; the others are small. */
const LIMITS: Record<string, ReturnType<typeof resources>> = {
  'helm-controller': resources({ cpu: '50m', memory: '96Mi' }, { cpu: '1', memory: '768Mi' }),
};
const DEFAULT_LIMITS = resources({ cpu: '50m', memory: '64Mi' }, { cpu: '500m', memory: '512Mi' });

/** What the operator keeps installed. The sync objects are in `flux-system/sync.yaml`, readable without it. */
export function fluxInstance(namespace: string, version: string, controllers: readonly string[]): KubeObject {
  return {
    apiVersion: 'fluxcd.controlplane.io/v1',
    kind: 'FluxInstance',
    metadata: { name: 'flux', namespace },
    spec: {
      distribution: { version, registry: 'ghcr.io/fluxcd' },
      components: [...controllers],
      // NetworkPolicies come from homeplane's flows, the same for every namespace.
      cluster: { type: 'kubernetes', domain: 'cluster.local', multitenant: false, networkPolicy: false },
      kustomize: {
        patches: controllers.map((controller) => ({
          target: { kind: 'Deployment', name: controller },
          patch: JSON.stringify([
            {
              op: 'replace',
              path: '/spec/template/spec/containers/0/resources',
              value: LIMITS[controller] ?? DEFAULT_LIMITS,
            },
          ]),
        })),
      },
    },
  };
}
