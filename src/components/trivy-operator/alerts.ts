import type { Alert } from '../contribution.ts';
import { workloadDown } from '../shared.ts';

export function trivyAlerts(namespace: string): Alert[] {
  return [
    workloadDown('TrivyOperatorDown', 'deployment', namespace, 'trivy-operator', 'nothing is scanned'),
    {
      name: 'CriticalVulnerabilities',
      expr: 'sum by (namespace, image_repository, image_tag) (trivy_image_vulnerabilities{severity="Critical"}) > 0',
      for: '1h',
      severity: 'warning',
      summary:
        '{{ $labels.image_repository }}:{{ $labels.image_tag }} in {{ $labels.namespace }} has {{ $value }} critical vulnerabilities with a fix',
      runbook: 'kubectl -n NAMESPACE get vulnerabilityreports -o wide; update the image',
    },
    {
      name: 'ExposedSecrets',
      expr: 'sum by (namespace, image_repository, image_tag) (trivy_image_exposedsecrets) > 0',
      for: '10m',
      severity: 'critical',
      summary:
        '{{ $labels.image_repository }}:{{ $labels.image_tag }} in {{ $labels.namespace }} has a secret in its layers',
      runbook:
        'kubectl -n NAMESPACE get exposedsecretreports -o yaml; revoke the secret, then rebuild the image',
    },
  ];
}
