import { field, isRecord, type KubeObject, listAt, textAt } from '../kube/index.ts';
import { namespaceOf, type World } from './world.ts';

/** Whether it is one of Flux'; kustomize's own files have the same kind and another group. */
export function isKustomization({ kind, apiVersion }: KubeObject): boolean {
  return kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');
}

/** Flux' Kustomizations of a cluster. */
export function kustomizations(world: World): KubeObject[] {
  return world.of('Kustomization').filter(isKustomization);
}

/** Something that waits for others of its kind. */
export interface Dependent {
  readonly object: KubeObject;
  readonly needs: readonly {
    readonly namespace: string;
    readonly name: string;
    /** Undefined when nothing of that name is there. */
    readonly found: KubeObject | undefined;
  }[];
}

export function dependents(world: World): Dependent[] {
  return [...kustomizations(world), ...world.of('HelmRelease')].map((object) => ({
    object,
    needs: listAt(object, 'spec', 'dependsOn').map((need) => {
      const namespace = textAt(need, 'namespace') ?? namespaceOf(object);
      const name = textAt(need, 'name') ?? '';
      return { namespace, name, found: world.find(object.kind, namespace, name) };
    }),
  }));
}

/** Where a Kustomization or a release takes its files or its chart from. */
export function sourceOf(object: KubeObject): { kind: string; namespace: string; name: string } | undefined {
  const reference =
    field(object, 'spec', 'sourceRef') ??
    field(object, 'spec', 'chartRef') ??
    field(object, 'spec', 'chart', 'spec', 'sourceRef');
  if (!isRecord(reference)) return undefined;
  return {
    kind: textAt(reference, 'kind') ?? '',
    namespace: textAt(reference, 'namespace') ?? namespaceOf(object),
    name: textAt(reference, 'name') ?? '',
  };
}

const UNITS: Readonly<Record<string, number>> = { ms: 1e-3, s: 1, m: 60, h: 3600 };

/** A Go duration such as `1h30m` in seconds; undefined when it is none. */
export function seconds(duration: string): number | undefined {
  const parts = [...duration.matchAll(/([\d.]+)(ms|s|m|h)/g)];
  if (parts.map(([text]) => text).join('') !== duration || duration === '') return undefined;
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ''] ?? 0), 0);
}
