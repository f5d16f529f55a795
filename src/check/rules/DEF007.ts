import type { DefinitionRule } from '../rule.ts';

export const DEF007: DefinitionRule = {
  id: 'DEF007',
  title: 'a waiver that has expired',
  severity: 'warning',
  why: 'Somebody said that this would be mended by then; since then the finding counts again.',
  remedy: 'Mend what the rule finds and take the waiver out, or write a new day and why.',
  bad(definition) {
    definition.waivers = [
      { rule: 'BCK001', reason: 'the NAS comes in spring', owner: 'me', until: '2020-03-01' },
    ];
  },
  *find({ homelab, today }) {
    for (const { rule, owner, until, at } of homelab.waivers)
      if (until < today) yield { at, message: `the waiver of ${rule} by ${owner} ended on ${until}` };
  },
};
