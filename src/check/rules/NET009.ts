import type { DefinitionRule } from '../rule.ts';

export const NET009: DefinitionRule = {
  id: 'NET009',
  title: 'domain outside the DNS zone',
  severity: 'error',
  why: 'The DNS-01 challenge is written into the zone: for a name outside it no certificate is ever issued.',
  remedy: 'Use the zone itself or a name under it.',
  references: ['https://letsencrypt.org/docs/challenge-types/#dns-01-challenge'],
  bad(definition) {
    for (const cluster of definition.clusters) cluster.domain = 'lab.example.com';
  },
  *find({ homelab }) {
    const { zone } = homelab;
    for (const { domain, name, at } of homelab.clusters) {
      if (domain !== zone && !domain.endsWith(`.${zone}`))
        yield {
          at: [...at, 'domain'],
          message: `domain ${domain} of cluster ${name} is not in the zone ${zone}`,
          remedy: `Write a name under the zone, such as "${name}.${zone}".`,
        };
    }
  },
};
