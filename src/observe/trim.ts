import { type KubeObject, listAt, mapAt, textAt } from '../kube/index.ts';

/** Annotations that are read; of the others some are as long as the object itself. */
const ANNOTATIONS = ['meta.helm.sh/release-name', 'meta.helm.sh/release-namespace'];

/**
 * An object without what is never shown: most of its bytes, and everything that may hold a value that is nobody's
 * business, such as the environment of a container or the values of a release.
 */
export function trimmed(object: KubeObject): KubeObject {
  const { apiVersion, kind } = object;
  return { apiVersion, kind, metadata: metadataOf(object), ...partsOf(object) };
}

function metadataOf({ metadata }: KubeObject): KubeObject['metadata'] {
  const { name, namespace, labels } = metadata;
  const kept = Object.entries(metadata.annotations ?? {}).filter(([key]) => ANNOTATIONS.includes(key));
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(labels === undefined ? {} : { labels }),
    ...(kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }),
    ...pick(metadata, [
      'uid',
      'generation',
      'resourceVersion',
      'creationTimestamp',
      'deletionTimestamp',
      'ownerReferences',
    ]),
  };
}

function partsOf(object: KubeObject): Record<string, unknown> {
  const spec = mapAt(object, 'spec');
  const status = mapAt(object, 'status');
  switch (object.kind) {
    case 'Event':
      return pick(object, ['involvedObject', 'reason', 'message', 'type', 'lastTimestamp', 'eventTime']);
    case 'VulnerabilityReport':
    case 'ConfigAuditReport':
      return {
        report: pick(mapAt(object, 'report'), ['summary', 'artifact', 'registry', 'updateTimestamp']),
      };
    case 'Node':
      return { spec: pick(spec, ['unschedulable']), status: without(status, ['images', 'config']) };
    case 'Pod':
      return { spec: { ...pick(spec, ['nodeName']), ...containersOf(spec) }, status: podStatus(status) };
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicaSet':
    case 'Job':
      return {
        spec: {
          ...pick(spec, ['replicas', 'suspend']),
          template: { spec: containersOf(mapAt(spec, 'template', 'spec')) },
        },
        status,
      };
    case 'Kustomization':
      return {
        spec: pick(spec, ['dependsOn', 'healthChecks', 'sourceRef', 'path', 'suspend', 'interval']),
        status: without(status, ['inventory', 'history']),
      };
    case 'HelmRelease':
      return {
        spec: pick(spec, ['chart', 'chartRef', 'dependsOn', 'targetNamespace', 'suspend', 'interval']),
        status: { ...without(status, ['inventory']), history: listAt(status, 'history').slice(0, 1) },
      };
    default:
      return { spec, status };
  }
}

function containersOf(spec: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const containers = listAt(spec, 'containers').map((container) =>
    pick(mapAt(container), ['name', 'image', 'resources']),
  );
  const claims = listAt(spec, 'volumes').flatMap((volume) => {
    const claimName = textAt(volume, 'persistentVolumeClaim', 'claimName');
    return claimName === undefined ? [] : [{ persistentVolumeClaim: { claimName } }];
  });
  return { containers, ...(claims.length === 0 ? {} : { volumes: claims }) };
}

function podStatus(status: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const containerStatuses = listAt(status, 'containerStatuses').map((container) =>
    pick(mapAt(container), ['name', 'ready', 'restartCount', 'state']),
  );
  return { ...pick(status, ['phase', 'conditions', 'reason', 'message']), containerStatuses };
}

function pick(of: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.filter((key) => Object.hasOwn(of, key)).map((key) => [key, of[key]]));
}

function without(of: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(of).filter(([key]) => !keys.includes(key)));
}
