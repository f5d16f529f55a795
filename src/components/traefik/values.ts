import { resources } from '../shared.ts';
import { ENTRYPOINT_MIDDLEWARES } from './config.ts';

const LABELS = { 'app.kubernetes.io/name': 'traefik', 'app.kubernetes.io/instance': 'traefik-traefik' };

export function traefikValues(
  replicas: number,
  annotations: Record<string, string>,
): Record<string, unknown> {
  return {
    global: { checkNewVersion: false, sendAnonymousUsage: false },
    deployment: { replicas },
    podDisruptionBudget: replicas > 1 ? { enabled: true, maxUnavailable: 1 } : { enabled: false },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: LABELS },
      },
    ],
    priorityClassName: 'system-cluster-critical',
    resources: resources({ cpu: '100m', memory: '96Mi' }, { cpu: '1', memory: '256Mi' }),
    ports: {
      web: { http: { redirections: { entryPoint: { to: 'websecure', scheme: 'https', permanent: true } } } },
      websecure: {
        http: { middlewares: ENTRYPOINT_MIDDLEWARES.map((name) => `traefik-${name}@kubernetescrd`) },
      },
    },
    accessLog: {
      enabled: true,
      format: 'json',
      // Cookies and tokens travel in headers: none is logged.
      fields: { headers: { defaultMode: 'drop' } },
    },
    service: {
      annotations,
      // Local keeps the client's address, which the rate limit counts by.
      spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local' },
    },
  };
}
