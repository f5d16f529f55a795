import { POD_SECURITY_LEVELS } from '../../components/index.ts';
import { traefik } from '../../components/registry.ts';
import { replaceComponent } from '../example.ts';
import type { DefinitionRule } from '../rule.ts';

export const SEC002: DefinitionRule = {
  id: 'SEC002',
  title: 'PodSecurity relaxed without need',
  severity: 'warning',
  why: 'A pod that breaks out of its container there has rights that nothing in the namespace uses.',
  remedy: 'Leave `podSecurity` out.',
  bad(definition) {
    replaceComponent(definition, 'traefik', traefik({ podSecurity: 'privileged' }));
  },
  *find({ plans }) {
    for (const { components } of plans) {
      for (const { use, contribution, component } of components) {
        for (const { name, enforce, needs } of contribution.namespaces) {
          if (enforce === undefined) continue;
          if (POD_SECURITY_LEVELS.indexOf(enforce) >= POD_SECURITY_LEVELS.indexOf(needs)) continue;
          yield {
            at: use.at,
            message: `${component.name}: namespace ${name} is ${enforce}, ${needs} is enough`,
          };
        }
      }
    }
  },
};
