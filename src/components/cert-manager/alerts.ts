import type { Alert } from '../contribution.ts';
import { workloadDown } from '../shared.ts';

/** What the controller exposes and is asked for here (cert-manager.io, "Prometheus Metrics"). */
export const CERT_MANAGER_METRICS = [
  'certmanager_certificate_ready_status',
  'certmanager_certificate_expiration_timestamp_seconds',
];

/** Let's Encrypt certificates live 90 days and are renewed 30 days before the end. */
const EXPIRY_DAYS = 14;

export function certManagerAlerts(namespace: string): Alert[] {
  const ready = 'certmanager_certificate_ready_status{namespace="traefik",name="wildcard",condition="False"}';
  const expiry = 'certmanager_certificate_expiration_timestamp_seconds{namespace="traefik",name="wildcard"}';
  const runbook = 'kubectl describe certificaterequests,orders,challenges -A; check the Cloudflare token';
  return [
    workloadDown('CertManagerDown', 'deployment', namespace, 'cert-manager', 'certificates are not renewed'),
    {
      name: 'CertificateNotReady',
      expr: 'max by (namespace, name) (certmanager_certificate_ready_status{condition!="True"}) == 1',
      fires: { [ready]: '1x90' },
      quiet: { [ready]: '0x90' },
      for: '1h',
      severity: 'critical',
      summary: 'certificate {{ $labels.namespace }}/{{ $labels.name }} has not been ready for an hour',
      runbook,
    },
    {
      name: 'CertificateExpiresSoon',
      expr: `certmanager_certificate_expiration_timestamp_seconds - time() < ${EXPIRY_DAYS} * 86400`,
      fires: { [expiry]: `${13 * 86_400}x90` },
      quiet: { [expiry]: `${20 * 86_400}x90` },
      for: '1h',
      severity: 'critical',
      summary:
        'certificate {{ $labels.namespace }}/{{ $labels.name }} ends in {{ $value | humanizeDuration }} and was not renewed',
      runbook,
    },
  ];
}
