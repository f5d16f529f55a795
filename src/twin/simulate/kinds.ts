import type { KubeClient, KubeObject } from '../../kube/index.ts';
import { SIMULATED } from '../nodes.ts';

/** Kinds of a controller that is not to be had outside a cluster: the notification-controller's. */
const KINDS = [
  { kind: 'Alert', plural: 'alerts' },
  { kind: 'Provider', plural: 'providers' },
] as const;
const GROUP = 'notification.toolkit.fluxcd.io';

/** Serves the kinds that Flux' own installation would bring; objects of them are kept, and nothing acts on them. */
export async function applySimulatedKinds(client: KubeClient): Promise<void> {
  await Promise.all(KINDS.map(({ kind, plural }) => client.apply(definition(kind, plural))));
}

function definition(kind: string, plural: string): KubeObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${GROUP}`, labels: { [SIMULATED]: 'kind' } },
    spec: {
      group: GROUP,
      scope: 'Namespaced',
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [
        {
          name: 'v1beta3',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  };
}
