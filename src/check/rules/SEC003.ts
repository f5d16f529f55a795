import { secretStates } from '../../compile/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const SEC003: DefinitionRule = {
  id: 'SEC003',
  title: 'secret missing',
  severity: 'warning',
  why: 'Pods that need it do not start, and what waits for them waits too.',
  remedy: 'Run `homeplane secrets init`, and set what only you have with `homeplane secrets set`.',
  secrets: new Map([['lab/monitoring/grafana-admin', { keys: ['admin-user'], encrypted: true, text: '' }]]),
  bad() {
    // Nothing is wrong with the definition: a Secret lies beside it that lacks a key, and others are not there.
  },
  *find({ homelab, plans }) {
    for (const plan of plans) {
      const { cluster } = plan;
      // Before the first one is made, what is needed is listed in the tree's README.
      if (![...homelab.secrets.keys()].some((path) => path.startsWith(`${cluster.name}/`))) continue;
      const missing = secretStates(homelab, plan)
        .filter((state) => state.missing.length > 0)
        .map(({ need, missing: keys }) => `${need.namespace}/${need.name} (${keys.join(', ')})`);
      if (missing.length > 0)
        yield { at: cluster.at, message: `cluster ${cluster.name} lacks secrets: ${missing.join(', ')}` };
    }
  },
};
