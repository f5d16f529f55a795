import { missingExports } from '../../compile/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const FLX001: DefinitionRule = {
  id: 'FLX001',
  title: 'a component without what it stands on',
  severity: 'error',
  why: 'Flux would wait for the missing part for ever, and everything that depends on it too.',
  remedy: 'Add the component that is named to the cluster.',
  bad(definition) {
    for (const cluster of definition.clusters)
      cluster.components = cluster.components.filter((use) => use.component !== 'cert-manager');
  },
  *find({ homelab }) {
    for (const cluster of homelab.clusters) {
      for (const { by, at, key, providers } of missingExports(cluster)) {
        const names = providers.map((name) => `${name}()`).join(' or ');
        yield {
          at,
          message: `${by} needs ${key}, which ${names || 'no known component'} gives`,
          remedy: `Add ${names} to the components of ${cluster.name}.`,
        };
      }
    }
  },
};
