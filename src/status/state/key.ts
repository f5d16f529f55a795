import type { Item } from './item.ts';

/** What tells an item from all others; happenings get theirs from the timeline. */
export function keyOf(item: Exclude<Item, { type: 'happening' }>): string {
  return [item.type, ...partsOf(item)].join('/');
}

/** Key of the Flux object of a name. */
export function deliveryKey(cluster: string, kind: string, namespace: string, name: string): string {
  return `delivery/${cluster}/${kind}/${namespace}/${name}`;
}

function partsOf(item: Exclude<Item, { type: 'happening' }>): readonly string[] {
  switch (item.type) {
    case 'homelab':
      return [];
    case 'site':
    case 'cluster':
      return [item.name];
    case 'board':
      return [item.site, item.name];
    case 'delivery':
    case 'workload':
      return [item.cluster, item.kind, item.namespace, item.name];
    case 'problem':
      return [item.cluster ?? '', item.object];
    case 'address':
    case 'certificate':
    case 'volume':
      return [item.cluster, item.namespace, item.name];
    case 'node':
    case 'pool':
    case 'alert':
    case 'window':
    case 'app':
      return [item.cluster, item.name];
    case 'route':
      return [item.cluster, item.host];
    case 'flow':
      return [item.cluster, item.owner, item.name];
    case 'drift':
      return [item.cluster, item.object];
    case 'silence':
      return [item.cluster, item.id];
    case 'storage':
    case 'capacity':
      return [item.cluster];
    case 'finding':
      return [item.source, item.rule, item.cluster ?? '', item.place ?? '', item.message];
    case 'difference':
      return [item.from, item.to, item.what];
    case 'task':
      return [item.task];
  }
}
