import { field, listAt, wordAt } from '../../kube/index.ts';
import { routesOf } from '../routes.ts';
import type { ObjectRule } from '../rule.ts';

const SERVICE = `
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: web }
spec: { ports: [{ name: http, port: 80 }] }
`;

export const NET016: ObjectRule = {
  id: 'NET016',
  title: 'a route to a Service that is not there',
  severity: 'error',
  why: 'Whoever opens the address gets an error of the ingress controller, whatever state the app is in.',
  remedy: 'Name a Service of that namespace and a port that it has.',
  bad: `
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: web, namespace: web }
spec: { tls: {}, routes: [{ match: 'Host(\`a.example.org\`)', services: [{ name: web, port: 8080 }] }] }
${SERVICE}`,
  good: `
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: web, namespace: web }
spec: { tls: {}, routes: [{ match: 'Host(\`a.example.org\`)', services: [{ name: web, port: 80 }] }] }
${SERVICE}`,
  *inspect(world) {
    for (const { object, backends } of routesOf(world))
      for (const { namespace, name, port } of backends) {
        const service = world.find('Service', namespace, name);
        if (service === undefined) {
          if (world.whole)
            yield { object, message: `leads to Service ${namespace}/${name}, which nothing makes` };
          continue;
        }
        const ports = listAt(service, 'spec', 'ports');
        const known = ports.some(
          (each) => port === undefined || field(each, 'port') === port || field(each, 'name') === port,
        );
        if (!known)
          yield {
            object,
            message: `leads to port ${port} of Service ${namespace}/${name}, which has ${ports.map((each) => wordAt(each, 'port')).join(', ')}`,
          };
      }
  },
};
