import { type ClusterPlan, contributedRoutes, endpointText, portsText } from '../../../compile/index.ts';
import type { ItemOf } from '../item.ts';

/** Names that lead into a cluster, and what answers there. */
export function routeItems({ cluster, components }: ClusterPlan): ItemOf<'route'>[] {
  const routes = components.flatMap(({ contribution }) => contributedRoutes(contribution));
  return routes.map((route) => ({ type: 'route', cluster: cluster.name, ...route }));
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
