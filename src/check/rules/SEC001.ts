import { POD_SECURITY_LEVELS } from '../../components/index.ts';
import { metallb } from '../../components/registry.ts';
import { replaceComponent } from '../example.ts';
import type { DefinitionRule } from '../rule.ts';

export const SEC001: DefinitionRule = {
  id: 'SEC001',
  title: "PodSecurity level under which the chart's pods cannot start",
  severity: 'error',
  why: 'The API server refuses the pods without a word in the release: the install hangs until it times out.',
  remedy: 'Leave `podSecurity` out: the component knows the strictest level it can run at.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  bad(definition) {
    replaceComponent(definition, 'metallb', metallb({ podSecurity: 'restricted' }));
  },
  *find({ plans }) {
    for (const { components } of plans) {
      for (const { use, contribution, component } of components) {
        for (const { name, enforce, needs, reason } of contribution.namespaces) {
          if (enforce === undefined) continue;
          if (POD_SECURITY_LEVELS.indexOf(enforce) <= POD_SECURITY_LEVELS.indexOf(needs)) continue;
          yield {
            at: use.at,
            message: `${component.name} needs ${needs} in namespace ${name}, not ${enforce}: ${reason ?? 'see its page'}`,
          };
        }
      }
    }
  },
};
