import type { KubeClient } from '../../kube/index.ts';
import type { Service } from '../../process/index.ts';
import type { ProgramName, Resolved } from '../../toolchain/index.ts';
import type { Layout } from '../layout.ts';
import { kubeStateMetrics } from './kube-state-metrics.ts';
import { metallb } from './metallb.ts';
import { prometheusOperator } from './prometheus-operator.ts';

/**
 * A real program in the place of its own simulated pod, out of the cluster. It has exactly the rights that its chart
 * gives its service account: it is that account, by impersonation.
 */
export interface InPlace {
  readonly component: string;
  readonly program: ProgramName;
  /** Rejects until the chart has brought what the program needs. */
  installed(client: KubeClient): Promise<unknown>;
  service(layout: Layout, program: Resolved, client: KubeClient): Promise<Service>;
}

/** Every controller of a component that runs without its cluster. */
export const IN_PLACE: readonly InPlace[] = [metallb, prometheusOperator, kubeStateMetrics];

export async function isInstalled(inPlace: InPlace, client: KubeClient): Promise<boolean> {
  return inPlace.installed(client).then(
    () => true,
    () => false,
  );
}
