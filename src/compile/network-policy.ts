import type { Endpoint, Exports, Flow } from '../components/index.ts';
import type { KubeObject } from '../kube/index.ts';
import type { Cluster } from '../model/index.ts';
import { formatIp, sortBy, unique } from '../util/index.ts';
import type { ClusterPlan } from './plan.ts';

type Peer = Record<string, unknown>;
type Rule = { peers: Peer[]; ports: { port: number; protocol: 'TCP' | 'UDP' }[] };

const DNS_PORTS: Rule['ports'] = [
  { port: 53, protocol: 'UDP' },
  { port: 53, protocol: 'TCP' },
];
const API_SERVER_PORT = 6443;

/** The policies of one namespace: nothing in or out, but DNS and the cluster's named flows. */
export function networkPolicies(plan: ClusterPlan, namespace: string): KubeObject[] {
  const flows = plan.components.flatMap(({ component, contribution }) =>
    (contribution.flows ?? []).map((flow) => ({ component: component.name, flow })),
  );
  const made = flows.flatMap(({ component, flow }) => {
    const name = `${component}-${flow.name}`;
    return [ingress(plan, namespace, name, flow), egress(plan, namespace, name, flow)];
  });
  return [
    ...isolation(namespace),
    ...sortBy(
      made.filter((policy) => policy !== undefined),
      (policy) => policy.metadata.name,
    ),
  ];
}

/** Default deny in both directions, and DNS. */
export function isolation(namespace: string): KubeObject[] {
  return [
    policy(namespace, 'default-deny', {}, 'Nothing goes in or out but by a named flow.', {
      policyTypes: ['Ingress', 'Egress'],
    }),
    policy(namespace, 'allow-dns', {}, 'Names are looked up at the cluster DNS.', {
      policyTypes: ['Egress'],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
              podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
            },
          ],
          ports: DNS_PORTS,
        },
      ],
    }),
  ];
}

function ingress(plan: ClusterPlan, namespace: string, name: string, flow: Flow): KubeObject | undefined {
  if (flow.to.kind !== 'pods' || flow.to.namespace !== namespace) return undefined;
  const rules = resolve(plan.cluster, plan.exports, flow.from, flow);
  if (rules.length === 0) return undefined;
  return policy(namespace, `${name}-in`, flow.to.labels, flow.why, {
    policyTypes: ['Ingress'],
    ingress: rules.map(({ peers, ports }) => ({ from: peers, ...portsOf(ports) })),
  });
}

function egress(plan: ClusterPlan, namespace: string, name: string, flow: Flow): KubeObject | undefined {
  if (flow.from.kind !== 'pods' || flow.from.namespace !== namespace) return undefined;
  const rules = resolve(plan.cluster, plan.exports, flow.to, flow);
  if (rules.length === 0) return undefined;
  return policy(namespace, `${name}-out`, flow.from.labels, flow.why, {
    policyTypes: ['Egress'],
    egress: rules.map(({ peers, ports }) => ({ to: peers, ...portsOf(ports) })),
  });
}

/** A rule without ports allows all of them. */
function portsOf(ports: Rule['ports']): { ports?: Rule['ports'] } {
  return ports.length === 0 ? {} : { ports };
}

/** The other end of a flow as policy peers; none when nobody stands there, as metrics without a collector. */
function resolve(cluster: Cluster, exports: Partial<Exports>, other: Endpoint, flow: Flow): Rule[] {
  const ports = flow.ports.map(({ port, protocol = 'TCP' }) => ({ port, protocol }));
  switch (other.kind) {
    case 'pods':
      return [
        {
          peers: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': other.namespace } },
              podSelector: { matchLabels: other.labels },
            },
          ],
          ports,
        },
      ];
    case 'metrics':
      return exports.metrics === undefined ? [] : resolve(cluster, exports, exports.metrics.endpoint, flow);
    case 'kubernetes-api':
      return apiServer(cluster);
    case 'nodes':
      return [{ peers: [...nodeBlocks(cluster), block(cluster.pods.text)], ports }];
    case 'clients':
      return [{ peers: [block('0.0.0.0/0')], ports }];
    case 'address':
      return [{ peers: [block(`${other.address}/32`)], ports }];
    case 'internet':
      return [{ peers: [outside(cluster)], ports }];
  }
}

/**
 * The control planes' own port, and the service in front of it: enforcers differ in whether they look at a
 * packet before or after its destination is translated.
 */
function apiServer(cluster: Cluster): Rule[] {
  const planes = cluster.nodes.filter((node) => node.controlPlane).map((node) => node.address);
  const addresses = unique([cluster.controlPlaneAddress, ...planes]).toSorted();
  return [
    {
      peers: addresses.map((address) => block(`${address}/32`)),
      ports: [{ port: API_SERVER_PORT, protocol: 'TCP' }],
    },
    {
      peers: [block(`${formatIp(cluster.services.first + 1)}/32`)],
      ports: [{ port: 443, protocol: 'TCP' }],
    },
  ];
}

/** With VXLAN a node reaches a pod of another node from an address of its own pod network. */
function nodeBlocks(cluster: Cluster): Peer[] {
  return cluster.nodes.map((node) => block(`${node.address}/32`));
}

function outside(cluster: Cluster): Peer {
  return {
    ipBlock: { cidr: '0.0.0.0/0', except: [cluster.pods.text, cluster.services.text].toSorted() },
  };
}

function block(cidr: string): Peer {
  return { ipBlock: { cidr } };
}

function policy(
  namespace: string,
  name: string,
  labels: Readonly<Record<string, string>>,
  why: string,
  spec: Record<string, unknown>,
): KubeObject {
  const matchLabels = Object.keys(labels).length === 0 ? {} : { matchLabels: labels };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, annotations: { 'homeplane.dev/why': why } },
    spec: { podSelector: matchLabels, ...spec },
  };
}
