import type { DefinitionRule } from '../rule.ts';

export const SEC004: DefinitionRule = {
  id: 'SEC004',
  title: 'secret in the clear',
  severity: 'error',
  why: 'Whoever can read the Git repository, now or ever, can read it.',
  remedy: 'Encrypt the file with `sops encrypt --in-place`, and change the values: they may have been seen.',
  secrets: new Map([
    ['lab/monitoring/grafana-admin', { keys: ['admin-password'], encrypted: false, text: '' }],
  ]),
  bad() {
    // Nothing is wrong with the definition: a Secret that lies beside it is not encrypted.
  },
  *find({ homelab }) {
    for (const [path, { encrypted }] of homelab.secrets) {
      if (encrypted) continue;
      const cluster = homelab.clusters.find(({ name }) => path.startsWith(`${name}/`));
      yield { at: cluster?.at ?? [], message: `secrets/${path}.yaml is not encrypted` };
    }
  },
};
