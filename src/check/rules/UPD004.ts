import type { DefinitionRule } from '../rule.ts';

export const UPD004: DefinitionRule = {
  id: 'UPD004',
  title: 'a chart that the lock does not know as it is now',
  severity: 'info',
  why: 'Its version or its values have changed since: capacity, diff and the rules see what it made before, and a twin without internet cannot run it.',
  remedy: 'Run `homeplane lock`, and commit what it writes.',
  unlocked: ['traefik/traefik'],
  bad() {
    // Nothing is wrong with the definition: the lock beside it is older.
  },
  *find({ plans, unlocked }) {
    for (const plan of plans) {
      const names = unlocked(plan);
      if (names.length > 0)
        yield {
          at: plan.cluster.at,
          message: `the lock of ${plan.cluster.name} is older than ${names.join(', ')}`,
        };
    }
  },
};
