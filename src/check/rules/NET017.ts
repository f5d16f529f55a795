import { objectName } from '../../kube/index.ts';
import { type Route, routesOf } from '../routes.ts';
import type { ObjectRule } from '../rule.ts';

export const NET017: ObjectRule = {
  id: 'NET017',
  title: 'two routes for one address',
  severity: 'error',
  why: 'Which of them answers is the order in which the controller happened to see them: it can change with a restart.',
  remedy: 'Give one of them another host or path.',
  bad: `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: one, namespace: web }
spec: { rules: [{ host: a.example.org, http: { paths: [{ path: / }] } }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: two, namespace: web }
spec: { rules: [{ host: a.example.org, http: { paths: [{ path: / }] } }] }
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: one, namespace: web }
spec: { rules: [{ host: a.example.org, http: { paths: [{ path: / }] } }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: two, namespace: web }
spec: { rules: [{ host: a.example.org, http: { paths: [{ path: /two }] } }] }
`,
  *inspect(world) {
    const seen = new Map<string, Route>();
    for (const route of routesOf(world))
      for (const host of route.hosts) {
        // A controller that serves plain HTTP beside HTTPS has one route for each.
        const address = `${route.object.kind} ${host} ${route.path} ${route.tls}`;
        const other = seen.get(address);
        if (other !== undefined && other.object !== route.object)
          yield { object: route.object, message: `answers ${host}, as does ${objectName(other.object)}` };
        seen.set(address, route);
      }
  },
};
