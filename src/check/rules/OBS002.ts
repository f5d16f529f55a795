import { field, listAt, mapAt, textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';
import { namespaceOf, selects, type World } from '../world.ts';

const SERVICE = `
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: web, labels: { app: web } }
spec: { ports: [{ name: metrics, port: 9090 }] }
`;

export const OBS002: ObjectRule = {
  id: 'OBS002',
  title: 'a monitor that watches nothing',
  severity: 'warning',
  why: 'Prometheus finds no target and says so nowhere: the dashboards stay empty, and no alert of it can ever fire.',
  remedy: 'Select the labels that the Service or the pods have, and a port by the name it has there.',
  references: ['https://prometheus-operator.dev/docs/developer/getting-started/'],
  bad: `
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: web, namespace: web }
spec: { selector: { matchLabels: { app: web } }, endpoints: [{ port: http-metrics }] }
${SERVICE}`,
  good: `
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: web, namespace: web }
spec: { selector: { matchLabels: { app: web } }, endpoints: [{ port: metrics }] }
${SERVICE}`,
  *inspect(world) {
    if (!world.whole) return;
    for (const object of world.of('ServiceMonitor', 'PodMonitor')) {
      const watched = targetsOf(world, object);
      if (watched === undefined) continue;
      if (watched.length === 0)
        yield { object, message: `selects no ${object.kind === 'PodMonitor' ? 'pod' : 'Service'}` };
      const ports = new Set(watched.flat());
      const endpoints = listAt(
        object,
        'spec',
        object.kind === 'PodMonitor' ? 'podMetricsEndpoints' : 'endpoints',
      );
      for (const endpoint of endpoints) {
        const port = textAt(endpoint, 'port');
        if (watched.length > 0 && port !== undefined && !ports.has(port))
          yield { object, message: `asks at port ${port}, which nothing that it selects has` };
      }
    }
  },
};

/** Names of the ports of each that a monitor selects; undefined when those are in namespaces that it does not name. */
function targetsOf(world: World, monitor: World['objects'][number]): string[][] | undefined {
  const selector = field(monitor, 'spec', 'selector');
  const named = mapAt(monitor, 'spec', 'namespaceSelector');
  const names = listAt(named, 'matchNames');
  const inside = (namespace: string) =>
    named['any'] === true ||
    (names.length > 0 ? names.includes(namespace) : namespace === namespaceOf(monitor));
  if (monitor.kind === 'PodMonitor') {
    const pods = world.pods.filter(({ namespace }) => inside(namespace));
    if (pods.length === 0) return undefined;
    return pods
      .filter(({ labels }) => selects(selector, labels))
      .map(({ containers }) =>
        containers.flatMap(({ fields }) => listAt(fields, 'ports').map((port) => textAt(port, 'name') ?? '')),
      );
  }
  const services = world.of('Service').filter((service) => inside(namespaceOf(service)));
  if (services.length === 0) return undefined;
  return services
    .filter((service) => selects(selector, service.metadata.labels ?? {}))
    .map((service) => listAt(service, 'spec', 'ports').map((port) => textAt(port, 'name') ?? ''));
}
