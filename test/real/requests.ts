import { quantity } from '../../src/capacity/quantity.ts';

/** Pods as the API server lists them, as far as requests are concerned. */
export interface PodList {
  readonly items: readonly {
    readonly metadata: { readonly namespace: string; readonly ownerReferences?: readonly { kind: string }[] };
    readonly spec: { readonly containers: readonly { resources?: { requests?: Record<string, string> } }[] };
  }[];
}

interface Row {
  readonly namespace: string;
  readonly pods: number;
  /** Of one pod. */
  readonly cpu: number;
  readonly memory: number;
}

/** Pods, millicores and MiB by namespace, of what stays. */
export function podsOf({ items }: PodList): ReturnType<typeof sums> {
  return sums(
    items
      .filter(({ metadata }) => metadata.ownerReferences?.[0]?.kind !== 'Job')
      .map(({ metadata, spec }) => {
        const asked = (resource: string) =>
          spec.containers.reduce((sum, { resources }) => sum + quantity(resources?.requests?.[resource]), 0);
        return { namespace: metadata.namespace, pods: 1, cpu: asked('cpu'), memory: asked('memory') };
      }),
  );
}

export function sums(rows: readonly Row[]): Record<string, { pods: number; cpu: number; mib: number }> {
  const all: Record<string, { pods: number; cpu: number; mib: number }> = {};
  for (const { namespace, pods, cpu, memory } of rows) {
    const sum = (all[namespace] ??= { pods: 0, cpu: 0, mib: 0 });
    sum.pods += pods;
    sum.cpu = Math.round(sum.cpu + pods * cpu * 1000);
    sum.mib = Math.round(sum.mib + (pods * memory) / 2 ** 20);
  }
  return all;
}
