import { pascalCase } from '../../util/index.ts';
import type { Alert } from '../contribution.ts';
import { workloadDown } from '../shared.ts';

export function fluxAlerts(namespace: string, controllers: readonly string[]): Alert[] {
  const resource = (ready: string) =>
    `flux_resource_info{kind="HelmRelease",exported_namespace="photos",name="photos",ready="${ready}",suspended="False"}`;
  return [
    workloadDown(
      'FluxOperatorDown',
      'deployment',
      namespace,
      'flux-operator',
      'Flux itself is not kept up to date',
    ),
    ...controllers.map((controller) =>
      workloadDown(
        `Flux${pascalCase(controller)}Down`,
        'deployment',
        namespace,
        controller,
        'changes in Git do not reach the cluster',
      ),
    ),
    {
      name: 'FluxNotReady',
      expr: 'max by (kind, exported_namespace, name) (flux_resource_info{ready="False",suspended!="True"}) == 1',
      fires: { [resource('False')]: '1x30' },
      quiet: { [resource('True')]: '1x30' },
      for: '15m',
      severity: 'warning',
      summary:
        '{{ $labels.kind }} {{ $labels.exported_namespace }}/{{ $labels.name }} has not been what Git says for 15 minutes',
      runbook: 'kubectl -n NAMESPACE describe KIND NAME; flux get all -A --status-selector ready=false',
    },
  ];
}
