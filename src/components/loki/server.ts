import { stringify } from 'yaml';
import type { KubeObject } from '../../kube/index.ts';
import { RESTRICTED_CONTAINER, resources, restrictedPod } from '../shared.ts';
import { LOKI_LABELS, NAMESPACE, PORT } from './names.ts';

const IMAGE = 'docker.io/grafana/loki:3.5.3';
/** Loki's own user (grafana.com/docs/loki, its Dockerfile). */
const USER = 10_001;

interface ServerOptions {
  readonly retentionDays: number;
  readonly volumeGiB: number;
  readonly ingestionMBps: number;
  readonly className: string;
}

/** One process with everything in it and its data on one volume: what a homelab's logs need. */
export function serverObjects(options: ServerOptions): KubeObject[] {
  const metadata = { name: 'loki', namespace: NAMESPACE, labels: LOKI_LABELS };
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { 'loki.yaml': stringify(configuration(options)) },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: LOKI_LABELS, ports: [{ name: 'http', port: PORT, targetPort: PORT }] },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata,
      spec: {
        replicas: 1,
        serviceName: 'loki',
        selector: { matchLabels: LOKI_LABELS },
        template: { metadata: { labels: LOKI_LABELS }, spec: podSpec() },
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: {
              storageClassName: options.className,
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: `${options.volumeGiB}Gi` } },
            },
          },
        ],
      },
    },
  ];
}

function podSpec(): object {
  const ready = { httpGet: { path: '/ready', port: 'http' } };
  return {
    ...restrictedPod(USER),
    containers: [
      {
        name: 'loki',
        image: IMAGE,
        args: ['-config.file=/etc/loki/loki.yaml', '-target=all'],
        ports: [{ name: 'http', containerPort: PORT }],
        startupProbe: { ...ready, periodSeconds: 5, failureThreshold: 60 },
        readinessProbe: ready,
        resources: resources({ cpu: '50m', memory: '192Mi' }, { cpu: '1', memory: '768Mi' }),
        securityContext: RESTRICTED_CONTAINER,
        volumeMounts: [
          { name: 'config', mountPath: '/etc/loki' },
          { name: 'data', mountPath: '/loki' },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      },
    ],
    volumes: [
      { name: 'config', configMap: { name: 'loki' } },
      { name: 'tmp', emptyDir: {} },
    ],
  };
}

/** Loki's configuration for one process, as its documentation has it for the file system (grafana.com/docs/loki). */
function configuration({ retentionDays, ingestionMBps }: ServerOptions): object {
  return {
    auth_enabled: false,
    server: { http_listen_port: PORT, log_level: 'warn' },
    common: {
      path_prefix: '/loki',
      replication_factor: 1,
      ring: { instance_addr: '127.0.0.1', kvstore: { store: 'inmemory' } },
      storage: { filesystem: { chunks_directory: '/loki/chunks', rules_directory: '/loki/rules' } },
    },
    schema_config: {
      configs: [
        {
          from: '2026-01-01',
          store: 'tsdb',
          object_store: 'filesystem',
          schema: 'v13',
          index: { prefix: 'index_', period: '24h' },
        },
      ],
    },
    compactor: {
      working_directory: '/loki/compactor',
      retention_enabled: true,
      delete_request_store: 'filesystem',
    },
    limits_config: {
      retention_period: `${retentionDays * 24}h`,
      ingestion_rate_mb: ingestionMBps,
      ingestion_burst_size_mb: ingestionMBps * 2,
      max_global_streams_per_user: 5_000,
      max_query_parallelism: 2,
    },
    analytics: { reporting_enabled: false },
  };
}
