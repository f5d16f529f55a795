import { type KubeObject, listAt, textAt } from '../../../kube/index.ts';
import { conditionOf, loadBalancerAddress, serviceHealth } from '../../../observe/index.ts';
import { formatIp, ipInRange, parseIp } from '../../../util/index.ts';
import { flowsOf } from '../defined/index.ts';
import type { Item, ItemOf } from '../item.ts';
import type { ClusterView } from './view.ts';

type NetworkItem = Extract<Item, { type: 'address' | 'pool' | 'certificate' | 'flow' }>;

/** Addresses on the LAN, the pool they are from, certificates, and what is allowed to talk to what. */
export function networkItems(view: ClusterView): NetworkItem[] {
  const addresses = addressItems(view);
  return [...addresses, poolItem(view, addresses), ...certificateItems(view), ...flowItems(view)];
}

function addressItems({ plan: { cluster }, live }: ClusterView): ItemOf<'address'>[] {
  const services = live?.snapshot.objects('Service') ?? [];
  return services
    .filter((service) => textAt(service, 'spec', 'type') === 'LoadBalancer')
    .map((service) => {
      const address = loadBalancerAddress(service);
      const { name, namespace = '' } = service.metadata;
      return {
        type: 'address',
        cluster: cluster.name,
        namespace,
        name,
        ...(address === undefined ? {} : { address }),
        ports: listAt(service, 'spec', 'ports').map(portText),
        state: serviceHealth(service).state,
      };
    });
}

function portText(port: unknown): string {
  const { port: number = '?', protocol = 'TCP' } = port as { port?: number; protocol?: string };
  return protocol === 'TCP' ? String(number) : `${number}/${protocol}`;
}

function poolItem(
  { plan: { cluster } }: ClusterView,
  addresses: readonly ItemOf<'address'>[],
): ItemOf<'pool'> {
  const { name, range, text } = cluster.pool;
  const used = addresses.flatMap(({ address }) => {
    const ip = address === undefined ? undefined : parseIp(address);
    return ip !== undefined && ipInRange(ip, range) ? [formatIp(ip)] : [];
  });
  return {
    type: 'pool',
    cluster: cluster.name,
    name,
    range: text,
    used: new Set(used).size,
    size: range.last - range.first + 1,
  };
}

function certificateItems({ plan: { cluster }, live }: ClusterView): ItemOf<'certificate'>[] {
  const certificates = live?.snapshot.objects('Certificate') ?? [];
  return certificates.map((certificate) => {
    const { name, namespace = '' } = certificate.metadata;
    const until = textAt(certificate, 'status', 'notAfter');
    return {
      type: 'certificate',
      cluster: cluster.name,
      namespace,
      name,
      hosts: listAt(certificate, 'spec', 'dnsNames').map(String),
      ...certificateHealth(certificate),
      ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
    };
  });
}

function certificateHealth(certificate: KubeObject): Pick<ItemOf<'certificate'>, 'state' | 'message'> {
  const ready = conditionOf(certificate, 'Ready');
  if (ready === undefined) return { state: 'unknown', message: 'cert-manager has not looked at it' };
  if (ready.status === 'True') return { state: 'ready', message: '' };
  return { state: ready.reason === 'Issuing' ? 'waiting' : 'failed', message: ready.message ?? '' };
}

function flowItems({ plan, live }: ClusterView): ItemOf<'flow'>[] {
  const there = new Set(
    live?.snapshot.objects('NetworkPolicy').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
  );
  return flowsOf(plan).map(({ item, policies }) => ({
    ...item,
    policies: policies.map(({ namespace, name }) => ({
      name: `${namespace}/${name}`,
      there: there.has(`${namespace}/${name}`),
    })),
  }));
}
