import { app } from '../../apps/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const NET013: DefinitionRule = {
  id: 'NET013',
  title: 'public app without a public name',
  severity: 'warning',
  why: 'Nothing writes its public DNS record, so that it is reached in the LAN only.',
  remedy: 'Add `externalDns({ target })` to the components, or leave `public` out.',
  bad(definition) {
    const requests = { cpu: '10m', memory: '16Mi' };
    for (const cluster of definition.clusters) {
      cluster.components = cluster.components.filter(({ component }) => component !== 'external-dns');
      cluster.apps = [
        app('notes', { image: 'a/notes:1.0.0', port: 80, host: 'notes', public: true, requests }),
      ];
    }
  },
  *find({ plans }) {
    for (const { components, exports } of plans) {
      if (exports.publicDns !== undefined) continue;
      for (const { use, component } of components)
        if (component.layer === 'apps' && (use.options as { public?: boolean }).public === true)
          yield {
            at: use.at,
            message: `${component.name} is to be public, and the cluster has no external-dns`,
          };
    }
  },
};
