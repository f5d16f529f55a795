import { field, listAt } from '../../kube/index.ts';
import { routesOf } from '../routes.ts';
import type { ObjectRule } from '../rule.ts';

export const TLS001: ObjectRule = {
  id: 'TLS001',
  title: 'a route without TLS',
  severity: 'warning',
  why: 'Passwords and cookies cross the network in clear, and browsers warn of it.',
  remedy: 'Give it `tls`; a certificate of the local zone costs nothing with DNS-01.',
  references: ['https://cert-manager.io/docs/configuration/acme/dns01/'],
  bad: `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: web }
spec: { rules: [{ host: a.example.org, http: { paths: [{ path: / }] } }] }
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: web }
spec: { tls: [{ hosts: [a.example.org], secretName: web }], rules: [{ host: a.example.org, http: { paths: [{ path: / }] } }] }
`,
  *inspect(world) {
    // Traefik may have TLS for a whole entry point: its route says so by name.
    const secured = (object: unknown) =>
      listAt(object, 'spec', 'entryPoints').includes('websecure') &&
      field(object, 'spec', 'tls') === undefined;
    const routes = routesOf(world);
    for (const { object, hosts } of routes.filter(({ tls }) => !tls)) {
      // Plain HTTP beside HTTPS for the same host is there to redirect.
      const redirected = hosts.some((host) =>
        routes.some((other) => other.tls && other.hosts.includes(host)),
      );
      if (!redirected && !secured(object))
        yield { object, message: `answers ${hosts.join(', ') || 'any host'} without TLS` };
    }
  },
};
