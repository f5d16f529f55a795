import type { KubeObject } from '../../kube/index.ts';
import type { Flow } from '../contribution.ts';

type Scraped = Flow & { readonly to: { readonly kind: 'pods' } };

/**
 * Targets are made from the flows that the components declare, so that the policy that lets the collector in and the
 * target itself cannot disagree, and no chart has to wait for the kinds of this one.
 */
export function monitors(namespace: string, flows: readonly Flow[], interval: string): KubeObject[] {
  return flows
    .filter((flow): flow is Scraped => flow.scrape !== undefined && flow.to.kind === 'pods')
    .flatMap((flow) =>
      flow.scrape?.scheme === 'https'
        ? withToken(namespace, flow, interval)
        : [podMonitor(namespace, flow, interval)],
    );
}

function podMonitor(namespace: string, { to, ports, scrape }: Scraped, interval: string): KubeObject {
  const params = Object.entries(scrape?.params ?? {}).map(([name, value]) => [name, [value]]);
  const asked = params.length === 0 ? {} : { params: Object.fromEntries(params) as object };
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: to.namespace, namespace },
    spec: {
      selector: { matchLabels: to.labels },
      namespaceSelector: { matchNames: [to.namespace] },
      // What is measured may have a namespace of its own, which must not be taken for the exporter's.
      podMetricsEndpoints: ports.map(({ port }) => ({
        portNumber: port,
        ...asked,
        interval,
        honorLabels: true,
      })),
    },
  };
}

/** Only of a service may the collector be told to use its own token. */
function withToken(namespace: string, { to, ports }: Scraped, interval: string): KubeObject[] {
  const labels = { 'homeplane.dev/metrics': to.namespace };
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'homeplane-metrics', namespace: to.namespace, labels },
      spec: {
        clusterIP: 'None',
        selector: to.labels,
        ports: ports.map(({ port }) => ({ name: `metrics-${port}`, port, targetPort: port })),
      },
    },
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { name: to.namespace, namespace },
      spec: {
        selector: { matchLabels: labels },
        namespaceSelector: { matchNames: [to.namespace] },
        endpoints: ports.map(({ port }) => ({
          port: `metrics-${port}`,
          scheme: 'https',
          bearerTokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token',
          // The certificate is one that the pod made for itself.
          tlsConfig: { insecureSkipVerify: true },
          interval,
          honorLabels: true,
        })),
      },
    },
  ];
}
