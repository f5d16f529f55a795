import { resources } from '../shared.ts';

export function fluxOperatorValues(): Record<string, unknown> {
  return {
    // One page for the homelab is enough, and this one has no login.
    web: { enabled: false },
    priorityClassName: 'system-cluster-critical',
    resources: resources({ cpu: '25m', memory: '64Mi' }, { cpu: '500m', memory: '256Mi' }),
  };
}
