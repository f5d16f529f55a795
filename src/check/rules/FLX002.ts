import { COMPONENTS, definitionOf } from '../../components/index.ts';
import { nearest } from '../../util/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const FLX002: DefinitionRule = {
  id: 'FLX002',
  title: 'unknown component',
  severity: 'error',
  why: 'It would be left out of the tree without a word.',
  remedy: 'Use one of the factories that homeplane exports.',
  bad(definition) {
    for (const cluster of definition.clusters)
      cluster.components = cluster.components.map((use) => ({
        ...use,
        component: use.component === 'traefik' ? 'traefic' : use.component,
      }));
  },
  *find({ homelab }) {
    const known = [...COMPONENTS.keys()];
    for (const use of homelab.clusters.flatMap((cluster) => cluster.components)) {
      if (definitionOf(use) !== undefined) continue;
      const guess = nearest(use.component, known);
      const hint = guess === undefined ? `known: ${known.join(', ')}` : `did you mean ${guess}?`;
      yield { at: use.at, message: `there is no component ${use.component} (${hint})` };
    }
  },
};
