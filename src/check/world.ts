import { field, isRecord, type KubeObject, listAt, mapAt, textAt } from '../kube/index.ts';
import { groupBy } from '../util/index.ts';

/** A cluster's objects, for rules to look things up in. */
export interface World {
  readonly objects: readonly KubeObject[];
  /** Whether these are all: then what is not here is nowhere. False where a chart could not be rendered. */
  readonly whole: boolean;
  of(...kinds: readonly string[]): readonly KubeObject[];
  /** An object by its kind and name; `namespace` undefined for what lies in none. */
  find(kind: string, namespace: string | undefined, name: string): KubeObject | undefined;
  /** What a Kustomization applies; undefined when that is not known. */
  appliedBy(kustomization: KubeObject): readonly KubeObject[] | undefined;
  /** Whether a chart makes it: then it is not in Git. */
  isRendered(object: KubeObject): boolean;
  /** Every pod that something makes. */
  readonly pods: readonly PodTemplate[];
}

/** Pods as something makes them. */
export interface PodTemplate {
  /** The Deployment, CronJob... */
  readonly object: KubeObject;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly spec: Readonly<Record<string, unknown>>;
  /** Init containers too. */
  readonly containers: readonly Container[];
}

export interface Container {
  readonly name: string;
  readonly init: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
}

const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** What is known about objects besides themselves. */
export interface WorldFacts {
  /** Whether these are all the objects of the cluster. */
  readonly whole: boolean;
  /** Kustomization -> what it applies. */
  readonly applied?: ReadonlyMap<KubeObject, readonly KubeObject[]>;
  /** What charts make. */
  readonly rendered?: ReadonlySet<KubeObject>;
}

export function makeWorld(
  objects: readonly KubeObject[],
  { whole, applied = new Map(), rendered = new Set() }: WorldFacts,
): World {
  const kinds = groupBy(objects, ({ kind }) => kind);
  const of = (...wanted: readonly string[]) => wanted.flatMap((kind) => kinds.get(kind) ?? []);
  const names = new Map(
    objects.map((object) => [key(object.kind, object.metadata.namespace, object.metadata.name), object]),
  );
  let pods: readonly PodTemplate[] | undefined;
  return {
    objects,
    whole,
    of,
    find: (kind, namespace, name) => names.get(key(kind, namespace, name)),
    isRendered: (object) => rendered.has(object),
    appliedBy: (kustomization) => applied.get(kustomization),
    get pods() {
      pods ??= of(...Object.keys(TEMPLATES)).map(podTemplate);
      return pods;
    },
  };
}

function key(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}

function podTemplate(object: KubeObject): PodTemplate {
  const template = field(object, ...(TEMPLATES[object.kind] ?? []));
  const spec = mapAt(template, 'spec');
  const containers = (name: string, init: boolean) =>
    listAt(spec, name)
      .filter(isRecord)
      .map((fields) => ({ name: textAt(fields, 'name') ?? '', init, fields }));
  return {
    object,
    namespace: namespaceOf(object),
    labels: mapAt(template, 'metadata', 'labels'),
    spec,
    containers: [...containers('initContainers', true), ...containers('containers', false)],
  };
}

/** What an object that names none is put in. */
export function namespaceOf({ metadata }: KubeObject): string {
  return metadata.namespace ?? 'default';
}

/** Whether labels have all that a selector's `matchLabels` want; an empty selector wants nothing. */
export function matches(
  selector: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(selector).every(([name, value]) => labels[name] === value);
}

/** Whether a LabelSelector takes an object with these labels. */
export function selects(selector: unknown, labels: Readonly<Record<string, unknown>>): boolean {
  if (!matches(mapAt(selector, 'matchLabels'), labels)) return false;
  return listAt(selector, 'matchExpressions').every((expression) => {
    const name = textAt(expression, 'key') ?? '';
    const values = listAt(expression, 'values');
    const value = labels[name];
    switch (textAt(expression, 'operator') ?? '') {
      case 'In':
        return values.includes(value);
      case 'NotIn':
        return !values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
      default:
        return true;
    }
  });
}
