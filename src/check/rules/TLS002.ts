import { textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';
import { namespaceOf } from '../world.ts';

export const TLS002: ObjectRule = {
  id: 'TLS002',
  title: 'a certificate from an issuer that is not there',
  severity: 'error',
  why: 'It is never issued, and whoever waits for its Secret does not start.',
  remedy: 'Name a ClusterIssuer, or an Issuer of the same namespace.',
  references: ['https://cert-manager.io/docs/configuration/issuers/'],
  bad: `
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: web, namespace: web }
spec: { secretName: web, issuerRef: { kind: ClusterIssuer, name: letsencrypt } }
`,
  good: `
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: web, namespace: web }
spec: { secretName: web, issuerRef: { kind: ClusterIssuer, name: letsencrypt } }
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: { name: letsencrypt }
`,
  *inspect(world) {
    if (!world.whole) return;
    for (const object of world.of('Certificate')) {
      const kind = textAt(object, 'spec', 'issuerRef', 'kind') ?? 'Issuer';
      const name = textAt(object, 'spec', 'issuerRef', 'name') ?? '';
      const group = textAt(object, 'spec', 'issuerRef', 'group') ?? 'cert-manager.io';
      const namespace = kind === 'ClusterIssuer' ? undefined : namespaceOf(object);
      if (group === 'cert-manager.io' && world.find(kind, namespace, name) === undefined)
        yield { object, message: `wants ${kind} ${name}, which nothing makes` };
    }
  },
};
