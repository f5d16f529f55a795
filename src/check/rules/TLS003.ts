import { textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

export const TLS003: ObjectRule = {
  id: 'TLS003',
  title: "certificates of an authority's test service",
  severity: 'info',
  why: 'No browser trusts them; that is right for trying things out, and wrong for what people use.',
  remedy: 'Ask https://acme-v02.api.letsencrypt.org/directory once it works.',
  references: ['https://letsencrypt.org/docs/staging-environment/'],
  bad: `
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: { name: letsencrypt }
spec: { acme: { server: https://acme-staging-v02.api.letsencrypt.org/directory } }
`,
  good: `
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: { name: letsencrypt }
spec: { acme: { server: https://acme-v02.api.letsencrypt.org/directory } }
`,
  *inspect(world) {
    const issuers = world.of('ClusterIssuer', 'Issuer');
    const trusted = issuers.some(
      (issuer) => textAt(issuer, 'spec', 'acme', 'server')?.includes('staging') === false,
    );
    for (const object of issuers)
      if (!trusted && textAt(object, 'spec', 'acme', 'server')?.includes('staging') === true)
        yield { object, message: 'asks the test service, and no issuer of the cluster asks the real one' };
  },
};
