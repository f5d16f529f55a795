import type { KubeClient, KubeObject } from '../../kube/index.ts';
import { SIMULATED } from '../nodes.ts';

/** Kinds of controllers that are not to be had outside a cluster, or have nothing to look at there. */
const NOTIFICATION = { group: 'notification.toolkit.fluxcd.io', version: 'v1beta3' };
const IMAGE = { group: 'image.toolkit.fluxcd.io', version: 'v1' };
const KINDS = [
  { ...NOTIFICATION, kind: 'Alert', plural: 'alerts' },
  { ...NOTIFICATION, kind: 'Provider', plural: 'providers' },
  { ...IMAGE, kind: 'ImageRepository', plural: 'imagerepositories' },
  { ...IMAGE, kind: 'ImagePolicy', plural: 'imagepolicies' },
  { ...IMAGE, kind: 'ImageUpdateAutomation', plural: 'imageupdateautomations' },
] as const;
type Kind = (typeof KINDS)[number];

/** Serves the kinds that Flux' own installation would bring; objects of them are kept, and nothing acts on them. */
export async function applySimulatedKinds(client: KubeClient): Promise<void> {
  await Promise.all(KINDS.map((kind) => client.apply(definition(kind))));
}

function definition({ group, version, kind, plural }: Kind): KubeObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}`, labels: { [SIMULATED]: 'kind' } },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  };
}
