import { field, type KubeObject, listAt, mapAt, textAt, wordAt } from '../kube/index.ts';
import { unique } from '../util/index.ts';
import type { Effect } from './consequence.ts';

/** What can be reached, as texts to compare: an address, a host name, a way through a policy. */
function reachable(object: KubeObject | undefined): readonly string[] {
  if (object === undefined) return [];
  switch (object.kind) {
    case 'Service':
      return ofService(object);
    case 'Ingress':
      return listAt(object, 'spec', 'rules').map((rule) => `host ${textAt(rule, 'host') ?? '*'}`);
    case 'IngressRoute':
      return listAt(object, 'spec', 'routes').map((route) => {
        const through = listAt(route, 'middlewares').map((middleware) => wordAt(middleware, 'name'));
        return `${wordAt(route, 'match')}${through.length === 0 ? '' : ` through ${through.join(' and ')}`}`;
      });
    case 'HTTPRoute':
      return listAt(object, 'spec', 'hostnames').map((host) => `host ${wordAt(host)}`);
    case 'IPAddressPool':
      return listAt(object, 'spec', 'addresses').map((range) => `pool ${wordAt(range)}`);
    case 'NetworkPolicy':
      return ofPolicy(object);
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
      return field(object, 'spec', 'template', 'spec', 'hostNetwork') === true
        ? ["its nodes' own addresses"]
        : [];
    default:
      return [];
  }
}

function ofService(object: KubeObject): string[] {
  const type = textAt(object, 'spec', 'type') ?? 'ClusterIP';
  if (type !== 'LoadBalancer' && type !== 'NodePort') return [];
  const asked =
    mapAt(object, 'metadata', 'annotations')['metallb.io/loadBalancerIPs'] ??
    field(object, 'spec', 'loadBalancerIP');
  const address = type === 'NodePort' ? 'every node' : wordAt(asked) || 'an address of the pool';
  return listAt(object, 'spec', 'ports').map(
    (port) => `${address} port ${wordAt(port, 'port')}/${wordAt(port, 'protocol') || 'TCP'}`,
  );
}

/** A policy without rules lets nothing through: what it forbids is gone with it. */
function ofPolicy(object: KubeObject): string[] {
  const ways = (direction: 'ingress' | 'egress', end: 'from' | 'to') =>
    listAt(object, 'spec', direction).map((rule) => {
      const peers = listAt(rule, end).map(peerText).join(', ') || 'anywhere';
      const ports = listAt(rule, 'ports').map(
        (port) => `${wordAt(port, 'port')}/${wordAt(port, 'protocol') || 'TCP'}`,
      );
      return `${end} ${peers} at ${ports.length === 0 ? 'any port' : ports.join(', ')}`;
    });
  const both = [...ways('ingress', 'from'), ...ways('egress', 'to')];
  return both.length === 0 ? ['nothing: it denies by default'] : both;
}

function peerText(peer: unknown): string {
  const labels = (selector: string) =>
    Object.entries(mapAt(peer, selector, 'matchLabels')).map(([name, value]) =>
      name === 'kubernetes.io/metadata.name' ? `namespace ${wordAt(value)}` : `${name}=${wordAt(value)}`,
    );
  const block = textAt(peer, 'ipBlock', 'cidr');
  const words = [
    ...labels('namespaceSelector'),
    ...labels('podSelector'),
    ...(block === undefined ? [] : [block]),
  ];
  return words.length === 0 ? 'every pod' : words.join(' ');
}

/** What a change opens, closes or moves. */
export function exposureNotes(before: KubeObject | undefined, after: KubeObject | undefined): Effect[] {
  const [old, now] = [unique(reachable(before)), unique(reachable(after))];
  const gone = old.filter((way) => !now.includes(way));
  const added = now.filter((way) => !old.includes(way));
  if (gone.length === 0 && added.length === 0) return [];
  const notes = [
    ...(added.length === 0 ? [] : [`opens ${added.join(', ')}`]),
    ...(gone.length === 0 ? [] : [`closes ${gone.join(', ')}`]),
  ];
  return [{ consequence: 'expose', note: notes.join('; ') }];
}
