import { routesOf } from '../routes.ts';
import type { ObjectRule } from '../rule.ts';

export const NET020: ObjectRule = {
  id: 'NET020',
  title: 'a route through a middleware that is not there',
  severity: 'error',
  why: 'Traefik drops a route whose middleware it cannot find: the address gives 404, and the login that was to guard it is not the reason.',
  remedy: "Name a Middleware that exists, with its namespace when it is not the route's own.",
  references: ['https://doc.traefik.io/traefik/middlewares/overview/'],
  bad: `
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: web, namespace: web }
spec: { tls: {}, routes: [{ match: 'Host(\`a.example.org\`)', middlewares: [{ name: login }] }] }
`,
  good: `
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: web, namespace: web }
spec: { tls: {}, routes: [{ match: 'Host(\`a.example.org\`)', middlewares: [{ name: login }] }] }
---
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: login, namespace: web }
spec: { basicAuth: { secret: login } }
`,
  *inspect(world) {
    if (!world.whole) return;
    for (const { object, middlewares } of routesOf(world))
      for (const name of middlewares) {
        const [namespace, own = ''] = name.split('/');
        // `name@provider` is configured in Traefik itself.
        if (!own.includes('@') && world.find('Middleware', namespace, own) === undefined)
          yield { object, message: `goes through Middleware ${name}, which nothing makes` };
      }
  },
};
