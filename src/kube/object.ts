import { unique } from '../util/index.ts';
import { listAt, textAt } from './fields.ts';

/** Any Kubernetes object, as it is applied and as it is read back. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly [key: string]: unknown;
  };
  readonly [key: string]: unknown;
}

/** `Kind/namespace/name`, the way people write it. */
export function objectName(object: Pick<KubeObject, 'kind' | 'metadata'>): string {
  const { name, namespace } = object.metadata;
  return namespace === undefined ? `${object.kind}/${name}` : `${object.kind}/${namespace}/${name}`;
}

/** Images of the containers of a Deployment, StatefulSet or DaemonSet, each once; none of other kinds. */
export function workloadImages(object: KubeObject): string[] {
  const containers = listAt(object, 'spec', 'template', 'spec', 'containers');
  return unique(containers.flatMap((container) => textAt(container, 'image') ?? []));
}

/** What makes an object the same in two versions of its API: group, kind, namespace and name. */
export function identityOf(object: Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>): string {
  const [group, version] = object.apiVersion.split('/');
  return `${version === undefined ? '' : group} ${objectName(object)}`;
}
