import type { KubeObject } from '../kube/index.ts';
import { sortBy } from '../util/index.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Kept whole: small, and without them nothing of a chart would work. */
const WHOLE = new Set([
  'Service',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'PriorityClass',
  'IngressClass',
  'PodDisruptionBudget',
  // Workloads that an operator makes of them.
  'Prometheus',
  'Alertmanager',
]);
const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);
const POD_FIELDS = [
  'serviceAccountName',
  'hostNetwork',
  'hostPID',
  'hostIPC',
  'nodeSelector',
  'tolerations',
  'affinity',
  'topologySpreadConstraints',
  'priorityClassName',
  'securityContext',
];
const CONTAINER_FIELDS = ['name', 'image', 'args', 'ports', 'resources', 'securityContext'];

/**
 * Of what a chart renders, what matters without its pods running: workloads with their images, requests, ports and
 * security contexts, services, rights, and which kinds it brings. Hooks are left out: they run once and are gone.
 */
export function factsOf(rendered: readonly KubeObject[]): KubeObject[] {
  const kept = rendered
    .filter(({ metadata }) => metadata.annotations?.['helm.sh/hook'] === undefined)
    .flatMap(fact);
  return sortBy(kept, ({ kind, metadata }) => `${kind}/${metadata.namespace ?? ''}/${metadata.name}`);
}

function fact(object: KubeObject): KubeObject[] {
  if (WHOLE.has(object.kind)) return [object];
  if (object.kind === 'ServiceAccount')
    return [{ apiVersion: 'v1', kind: object.kind, metadata: object.metadata }];
  if (object.kind === 'CustomResourceDefinition') return [kindFacts(object)];
  return WORKLOADS.has(object.kind) ? [workloadFacts(object)] : [];
}

function workloadFacts(object: KubeObject): KubeObject {
  const spec = fields(object['spec']);
  const template = fields(spec['template']);
  const pod = fields(template['spec']);
  const containers = (key: string) =>
    Array.isArray(pod[key])
      ? { [key]: pod[key].map((container) => pick(fields(container), CONTAINER_FIELDS)) }
      : {};
  const labels = fields(template['metadata'])['labels'];
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: object.metadata,
    spec: {
      ...pick(spec, ['replicas', 'selector', 'serviceName']),
      template: {
        metadata: { labels },
        spec: { ...pick(pod, POD_FIELDS), ...containers('initContainers'), ...containers('containers') },
      },
    },
  };
}

/** A definition that accepts any object of its kind: that there is the kind is the fact, its schema is the chart's. */
function kindFacts(object: KubeObject): KubeObject {
  const spec = fields(object['spec']);
  const versions = (Array.isArray(spec['versions']) ? spec['versions'] : []).map((version) => ({
    ...pick(fields(version), ['name', 'served', 'storage', 'subresources']),
    schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
  }));
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: { name: object.metadata.name },
    spec: { ...pick(spec, ['group', 'names', 'scope']), versions },
  };
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function pick(from: Fields, keys: readonly string[]): Fields {
  return Object.fromEntries(keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]])));
}
