import type { Alert } from '../contribution.ts';
import { workloadDown } from '../shared.ts';

/** What the operator exposes and is asked for here (aquasecurity.github.io/trivy-operator, "Metrics"). */
export const TRIVY_METRICS = ['trivy_image_vulnerabilities', 'trivy_image_exposedsecrets'];

const IMAGE = 'namespace="photos",image_repository="photos",image_tag="1.0.0"';
const VULNERABILITIES = `trivy_image_vulnerabilities{severity="Critical",${IMAGE}}`;
const SECRETS = `trivy_image_exposedsecrets{severity="High",${IMAGE}}`;

export function trivyAlerts(namespace: string): Alert[] {
  return [
    workloadDown('TrivyOperatorDown', 'deployment', namespace, 'trivy-operator', 'nothing is scanned'),
    {
      name: 'CriticalVulnerabilities',
      expr: 'sum by (namespace, image_repository, image_tag) (trivy_image_vulnerabilities{severity="Critical"}) > 0',
      fires: { [VULNERABILITIES]: '2x90' },
      quiet: { [VULNERABILITIES]: '0x90' },
      for: '1h',
      severity: 'warning',
      summary:
        '{{ $labels.image_repository }}:{{ $labels.image_tag }} in {{ $labels.namespace }} has {{ $value }} critical vulnerabilities with a fix',
      runbook: 'kubectl -n NAMESPACE get vulnerabilityreports -o wide; update the image',
    },
    {
      name: 'ExposedSecrets',
      expr: 'sum by (namespace, image_repository, image_tag) (trivy_image_exposedsecrets) > 0',
      fires: { [SECRETS]: '1x30' },
      quiet: { [SECRETS]: '0x30' },
      for: '10m',
      severity: 'critical',
      summary:
        '{{ $labels.image_repository }}:{{ $labels.image_tag }} in {{ $labels.namespace }} has a secret in its layers',
      runbook:
        'kubectl -n NAMESPACE get exposedsecretreports -o yaml; revoke the secret, then rebuild the image',
    },
  ];
}
