import type { Contribution, HostFile, HostNeeds } from '../../components/index.ts';
import { mergeValues, unique } from '../../util/index.ts';

/** The needs of all components together. */
export interface CombinedNeeds {
  readonly talos: Record<string, unknown>;
  readonly extensions: readonly string[];
  readonly kernelModules: readonly string[];
  readonly packages: readonly string[];
  readonly services: readonly string[];
  readonly controlPlaneMetrics: boolean;
  readonly files: readonly HostFile[];
  readonly dataVolumes: readonly NonNullable<HostNeeds['dataVolume']>[];
}

export function hostNeeds(contributions: readonly Contribution[]): CombinedNeeds {
  const needs = contributions.flatMap(({ hosts }) => hosts ?? []);
  const all = (key: 'extensions' | 'kernelModules' | 'packages' | 'services') =>
    unique(needs.flatMap((need) => need[key] ?? [])).toSorted();
  return {
    talos: needs.reduce<Record<string, unknown>>((merged, { talos }) => mergeValues(merged, talos ?? {}), {}),
    extensions: all('extensions'),
    kernelModules: all('kernelModules'),
    packages: all('packages'),
    services: all('services'),
    controlPlaneMetrics: needs.some(({ controlPlaneMetrics }) => controlPlaneMetrics === true),
    files: needs.flatMap(({ files }) => files ?? []),
    dataVolumes: needs.flatMap(({ dataVolume }) => dataVolume ?? []),
  };
}
