import { unique } from '../../util/index.ts';
import type { Context } from '../contract.ts';
import { resources } from '../shared.ts';

/** The image's own unprivileged user. */
const USER = {
  runAsNonRoot: true,
  runAsUser: 10_000,
  runAsGroup: 10_000,
  fsGroup: 10_000,
  seccompProfile: { type: 'RuntimeDefault' },
};

interface Settings {
  readonly complianceCron: string;
  readonly concurrentScans: number;
  readonly collectsNodes: boolean;
}

export function trivyValues(context: Context, settings: Settings): Record<string, unknown> {
  const { nodes } = context.cluster;
  const architectures = unique(nodes.map(({ machine }) => machine.arch));
  return {
    podSecurityContext: USER,
    resources: resources({ cpu: '50m', memory: '128Mi' }, { cpu: '500m', memory: '512Mi' }),
    operator: {
      scanJobsConcurrentLimit: settings.concurrentScans,
      // A board that is busy with scans must still answer: failed ones are tried again later.
      scanJobTimeout: '15m',
      scanJobTTL: '1h',
      scannerReportTTL: '24h',
      infraAssessmentScannerEnabled: settings.collectsNodes,
    },
    trivyOperator: {
      scanJobPodTemplatePodSecurityContext: USER,
      scanJobCompressLogs: true,
      // An image is scanned for the architecture of the node that the scan runs on.
      scanJobNodeSelector: architectures.length === 1 ? { 'kubernetes.io/arch': architectures[0] } : {},
    },
    trivy: {
      slow: true,
      ignoreUnfixed: true,
      timeout: '10m0s',
      resources: resources({ cpu: '100m', memory: '128Mi' }, { cpu: '1', memory: '768Mi' }),
    },
    compliance: {
      cron: settings.complianceCron,
      specs: ['k8s-cis-1.23', 'k8s-nsa-1.0', 'k8s-pss-baseline-0.1', 'k8s-pss-restricted-0.1'],
    },
  };
}
