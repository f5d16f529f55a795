import type { Endpoint, Flow } from '../components/index.ts';

/** One end of a flow, for a person. */
export function endpointText(end: Endpoint): string {
  switch (end.kind) {
    case 'pods': {
      const [label] = Object.values(end.labels);
      return label === undefined || label === end.namespace ? end.namespace : `${end.namespace} (${label})`;
    }
    case 'kubernetes-api':
      return 'Kubernetes API';
    case 'address':
      return end.address;
    case 'metrics':
      return 'Prometheus';
    case 'nodes':
    case 'internet':
    case 'clients':
      return end.kind;
  }
}

/** The ports of a flow, for a person: `80, 53/UDP`. */
export function portsText({ ports, to }: Pick<Flow, 'ports' | 'to'>): string {
  if (to.kind === 'kubernetes-api') return '6443';
  return ports.length === 0
    ? 'all'
    : ports
        .map(({ port, protocol = 'TCP' }) => (protocol === 'TCP' ? String(port) : `${port}/UDP`))
        .join(', ');
}
