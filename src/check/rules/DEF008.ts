import type { DefinitionRule } from '../rule.ts';

export const DEF008: DefinitionRule = {
  id: 'DEF008',
  title: 'a waiver for a cluster that is not there',
  severity: 'error',
  why: 'It waives nothing: the finding that it was meant for counts.',
  remedy: 'Write the name of a cluster, or leave it out for all of them.',
  bad(definition) {
    definition.waivers = [
      {
        rule: 'BCK001',
        cluster: 'elsewhere',
        reason: 'the NAS comes in spring',
        owner: 'me',
        until: '2100-03-01',
      },
    ];
  },
  *find({ homelab }) {
    const names = homelab.clusters.map(({ name }) => name);
    for (const { rule, cluster, at } of homelab.waivers)
      if (cluster !== undefined && !names.includes(cluster))
        yield { at, message: `the waiver of ${rule} is for ${cluster}; there are ${names.join(', ')}` };
  },
};
