import { type ClusterPlan, endpointText, portsText, routeHosts } from '../../../compile/index.ts';
import { PUBLIC } from '../../../components/index.ts';
import { listAt, textAt } from '../../../kube/index.ts';
import type { ItemOf } from '../item.ts';

/** Names that lead into a cluster, and what answers there. */
export function routeItems({ cluster, components }: ClusterPlan): ItemOf<'route'>[] {
  const objects = components.flatMap(({ contribution }) => contribution.config ?? []);
  return objects.flatMap(({ object }) => {
    const [route] = listAt(object, 'spec', 'routes');
    const namespace = object.metadata.namespace ?? '';
    return routeHosts(object).map((host) => ({
      type: 'route' as const,
      cluster: cluster.name,
      host,
      service: `${namespace}/${textAt(route, 'services', 0, 'name') ?? object.metadata.name}`,
      login: listAt(route, 'middlewares').length > 0,
      public: object.metadata.annotations?.[PUBLIC.target] !== undefined,
    }));
  });
}

/** A flow and the names of the policies that allow it. */
export interface DefinedFlow {
  readonly item: Omit<ItemOf<'flow'>, 'policies'>;
  readonly policies: readonly { readonly namespace: string; readonly name: string }[];
}

/** Who talks to whom in a cluster, and what allows it. */
export function flowsOf({ cluster, components }: ClusterPlan): DefinedFlow[] {
  // Policies are made in our own namespaces only.
  const own = new Set(
    components.flatMap(({ contribution }) => contribution.namespaces.map(({ name }) => name)),
  );
  return components.flatMap(({ component, contribution }) =>
    (contribution.flows ?? []).map((flow): DefinedFlow => {
      const policy = `${component.name}-${flow.name}`;
      return {
        item: {
          type: 'flow',
          cluster: cluster.name,
          owner: component.name,
          name: flow.name,
          from: endpointText(flow.from),
          to: endpointText(flow.to),
          ports: portsText(flow),
          why: flow.why,
        },
        policies: [
          ...(flow.from.kind === 'pods' ? [{ namespace: flow.from.namespace, name: `${policy}-out` }] : []),
          ...(flow.to.kind === 'pods' ? [{ namespace: flow.to.namespace, name: `${policy}-in` }] : []),
        ].filter(({ namespace }) => own.has(namespace)),
      };
    }),
  );
}
