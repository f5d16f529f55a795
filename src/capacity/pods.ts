import type { KubeObject } from '../kube/index.ts';
import { quantity } from './quantity.ts';

/** Pods that are alike. */
export interface PodGroup {
  readonly namespace: string;
  readonly name: string;
  readonly copies: number | 'one on each node';
  /** Cores that one asks for. */
  readonly cpu: number;
  /** Bytes that one asks for. */
  readonly memory: number;
  /** The one node that it can be on. */
  readonly node?: string | undefined;
  /** No two of them on one node. */
  readonly apart: boolean;
}

interface Container {
  readonly resources?: { readonly requests?: Record<string, unknown> };
  readonly restartPolicy?: string;
  readonly args?: readonly string[];
}
interface PodSpec {
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly nodeSelector?: Record<string, string>;
  readonly affinity?: { readonly podAntiAffinity?: Record<string, unknown> };
}
interface WorkloadSpec {
  readonly replicas?: number;
  readonly template?: { readonly spec?: PodSpec };
}
interface OperatedSpec extends PodSpec {
  readonly replicas?: number;
  readonly resources?: Container['resources'];
}
interface FluxSpec {
  readonly kustomize?: {
    readonly patches?: readonly { readonly target?: { readonly name?: string }; readonly patch?: string }[];
  };
}

/** What all these objects make run. Jobs end, and are not counted. */
export function podGroups(objects: readonly KubeObject[]): PodGroup[] {
  const reloader = reloaderOf(objects);
  return objects.flatMap((object) => groupsOf(object, reloader));
}

/** The sidecar that the prometheus-operator adds to what it makes: its size is in the operator's own flags. */
function reloaderOf(objects: readonly KubeObject[]): Container {
  const flags = objects
    .filter(({ kind }) => kind === 'Deployment')
    .flatMap((object) => (object['spec'] as WorkloadSpec).template?.spec?.containers ?? [])
    .flatMap(({ args = [] }) => args);
  const flag = (name: string) => {
    const start = `--config-reloader-${name}-request=`;
    return flags.find((arg) => arg.startsWith(start))?.slice(start.length);
  };
  return { resources: { requests: { cpu: flag('cpu'), memory: flag('memory') } } };
}

function groupsOf(object: KubeObject, reloader: Container): PodGroup[] {
  const { name, namespace = 'default' } = object.metadata;
  const spec = object['spec'];
  switch (object.kind) {
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet': {
      const { replicas = 1, template } = spec as WorkloadSpec;
      const copies = object.kind === 'DaemonSet' ? 'one on each node' : replicas;
      return [{ namespace, name, copies, ...needs(template?.spec ?? {}) }];
    }
    case 'Prometheus':
    case 'Alertmanager': {
      const { replicas = 1, resources, affinity, containers = [] } = spec as OperatedSpec;
      const own = resources === undefined ? {} : { resources };
      const pod = { affinity, containers: [own, reloader, ...containers] } as PodSpec;
      return [{ namespace, name: `${object.kind.toLowerCase()}-${name}`, copies: replicas, ...needs(pod) }];
    }
    case 'FluxInstance':
      return fluxControllers(namespace, spec as FluxSpec);
    default:
      return [];
  }
}

/** The Flux Operator makes the controllers; their requests are in our own patches. */
function fluxControllers(namespace: string, { kustomize }: FluxSpec): PodGroup[] {
  return (kustomize?.patches ?? []).map(({ target, patch }) => {
    const [first] = JSON.parse(patch ?? '[]') as { value?: Container['resources'] }[];
    const resources = first?.value ?? {};
    return { namespace, name: target?.name ?? '', copies: 1, ...needs({ containers: [{ resources }] }) };
  });
}

/** As the scheduler counts: all containers and sidecars together, or the largest init container if that is more. */
function needs({ containers = [], initContainers = [], nodeSelector, affinity }: PodSpec) {
  const asked = (resource: 'cpu' | 'memory') => {
    const of = (container: Container) => quantity(container.resources?.requests?.[resource]);
    const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always');
    const running = [...containers, ...sidecars].reduce((sum, container) => sum + of(container), 0);
    return Math.max(running, ...initContainers.map(of));
  };
  const required = affinity?.podAntiAffinity?.['requiredDuringSchedulingIgnoredDuringExecution'];
  return {
    cpu: asked('cpu'),
    memory: asked('memory'),
    node: nodeSelector?.['kubernetes.io/hostname'],
    apart: Array.isArray(required) && required.length > 0,
  };
}
