import { field, isRecord, type KubeObject, listAt, objectName, textAt } from '../kube/index.ts';

/** Fields that name a ConfigMap or a Secret, by how a pod gets it. */
const AT_START = ['configMapKeyRef', 'configMapRef', 'secretKeyRef', 'secretRef'];

/** Workloads that read a ConfigMap or a Secret, and whether they see a change of it only when they start again. */
export interface Readers {
  readonly atStart: readonly string[];
  readonly mounted: readonly string[];
}

/** Who reads an object, among others of its namespace. */
export function readersOf(object: KubeObject, others: readonly KubeObject[]): Readers {
  if (object.kind !== 'ConfigMap' && object.kind !== 'Secret') return { atStart: [], mounted: [] };
  const kind = object.kind === 'Secret' ? 'secret' : 'configMap';
  const pods = others.flatMap((other) => {
    const path =
      other.kind === 'CronJob'
        ? ['spec', 'jobTemplate', 'spec', 'template', 'spec']
        : ['spec', 'template', 'spec'];
    const pod = field(other, ...path);
    return isRecord(pod) && other.metadata.namespace === object.metadata.namespace ? [{ other, pod }] : [];
  });
  const names = (reads: (pod: unknown) => boolean) =>
    pods.filter(({ pod }) => reads(pod)).map(({ other }) => objectName(other));
  return {
    atStart: names((pod) => mentions(pod, kind, object.metadata.name)),
    mounted: names((pod) =>
      listAt(pod, 'volumes').some(
        (volume) =>
          (textAt(volume, 'configMap', 'name') ?? textAt(volume, 'secret', 'secretName')) ===
          object.metadata.name,
      ),
    ),
  };
}

function mentions(value: unknown, kind: string, name: string): boolean {
  if (Array.isArray(value)) return value.some((item) => mentions(item, kind, name));
  if (!isRecord(value)) return false;
  return Object.entries(value).some(
    ([key, inner]) =>
      (AT_START.includes(key) && key.startsWith(kind) && textAt(inner, 'name') === name) ||
      mentions(inner, kind, name),
  );
}
