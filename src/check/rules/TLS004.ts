import { listAt, textAt } from '../../kube/index.ts';
import { routesOf } from '../routes.ts';
import type { ObjectRule } from '../rule.ts';
import { namespaceOf } from '../world.ts';

const ROUTE = `
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: web, namespace: web }
spec: { tls: { secretName: web-tls }, routes: [{ match: 'Host(\`a.example.org\`)' }] }
`;

export const TLS004: ObjectRule = {
  id: 'TLS004',
  title: 'a certificate for other names than the route has',
  severity: 'error',
  why: 'Every browser stops at it: the certificate is valid, and not for this address.',
  remedy: "Add the host to the certificate's dnsNames.",
  bad: `
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: web, namespace: web }
spec: { secretName: web-tls, dnsNames: [b.example.org] }
${ROUTE}`,
  good: `
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: web, namespace: web }
spec: { secretName: web-tls, dnsNames: ['*.example.org'] }
${ROUTE}`,
  *inspect(world) {
    const names = new Map<string, readonly string[]>(
      world
        .of('Certificate')
        .map(
          (object) =>
            [
              `${namespaceOf(object)}/${textAt(object, 'spec', 'secretName') ?? ''}`,
              listAt(object, 'spec', 'dnsNames').map(String),
            ] as const,
        ),
    );
    const fallback = world
      .of('TLSStore')
      .flatMap(
        (store) => `${namespaceOf(store)}/${textAt(store, 'spec', 'defaultCertificate', 'secretName') ?? ''}`,
      );
    for (const { object, hosts } of routesOf(world)) {
      const own = [
        textAt(object, 'spec', 'tls', 'secretName'),
        ...listAt(object, 'spec', 'tls').map((tls) => textAt(tls, 'secretName')),
      ];
      const named = own.flatMap((secret) =>
        secret === undefined ? [] : [`${namespaceOf(object)}/${secret}`],
      );
      // Traefik answers with the default certificate where a route names none.
      const secrets = named.length > 0 || object.kind !== 'IngressRoute' ? named : fallback;
      const certificates = secrets.flatMap((secret) => names.get(secret) ?? []);
      if (certificates.length === 0) continue;
      for (const host of hosts)
        if (!certificates.some((name) => covers(name, host)))
          yield { object, message: `answers ${host} with a certificate for ${certificates.join(', ')}` };
    }
  },
};

/** A wildcard stands for one label. */
function covers(name: string, host: string): boolean {
  return name === host || (name.startsWith('*.') && name.slice(1) === host.slice(host.indexOf('.')));
}
