import type { Alert } from '../contribution.ts';
import { workloadDown } from '../shared.ts';

export function flannelAlerts(namespace: string, daemonSet: string): Alert[] {
  return [
    workloadDown(
      'FlannelDown',
      'daemonset',
      namespace,
      daemonSet,
      'pods on those nodes cannot reach other nodes, and policies are not enforced there',
    ),
  ];
}
