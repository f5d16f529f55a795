import type { EnvironmentPolicy } from '../../model/index.ts';

/**
 * Where pods go when several nodes would do: packed onto few, so that the others idle and save power, or spread, so
 * that the loss of a node takes few of them (kubernetes.io, "Resource Bin Packing").
 */
export function schedulerConfig({ scheduling }: EnvironmentPolicy): Record<string, unknown> {
  const type = scheduling === 'pack' ? 'MostAllocated' : 'LeastAllocated';
  const resources = [
    { name: 'cpu', weight: 1 },
    { name: 'memory', weight: 1 },
  ];
  return {
    apiVersion: 'kubescheduler.config.k8s.io/v1',
    kind: 'KubeSchedulerConfiguration',
    profiles: [
      {
        schedulerName: 'default-scheduler',
        pluginConfig: [{ name: 'NodeResourcesFit', args: { scoringStrategy: { type, resources } } }],
      },
    ],
  };
}
