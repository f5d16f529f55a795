import type { KubeObject } from '../kube/index.ts';
import { scaleQuantity } from '../model/index.ts';
import type { Container } from './options.ts';

/** One workload of an app: the app itself, or a part of it. */
export interface WorkloadSpec {
  readonly app: string;
  readonly name: string;
  readonly container: Container;
  readonly replicas: number;
  readonly schedule?: string | undefined;
  readonly metricsPort?: number | undefined;
  /** Class and labels of each claim. */
  readonly claim: (storage: Container['storage'][string]) => {
    className: string;
    labels: Readonly<Record<string, string>>;
  };
}

/** Labels that a workload's pods are found by. */
export function podLabels(app: string, name: string): Record<string, string> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': app };
}

/** The workload, its Service, and what keeps it running while nodes are drained. */
export function workloadObjects(spec: WorkloadSpec): KubeObject[] {
  const { app, name, container, replicas } = spec;
  const metadata = { name, namespace: app, labels: podLabels(app, name) };
  const selector = { matchLabels: podLabels(app, name) };
  const service: KubeObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      selector: podLabels(app, name),
      ports: [{ name: 'main', port: container.port, targetPort: container.port }],
    },
  };
  const budget: KubeObject = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { maxUnavailable: 1, selector },
  };
  return [
    workload(spec, metadata, selector),
    ...(container.port === undefined ? [] : [service]),
    ...(replicas > 1 ? [budget] : []),
  ];
}

function workload(spec: WorkloadSpec, metadata: KubeObject['metadata'], selector: object): KubeObject {
  const { app, name, container, replicas, schedule, claim } = spec;
  const template = { metadata: { labels: podLabels(app, name) }, spec: podSpec(spec) };
  if (schedule !== undefined) {
    const pod = { ...template, spec: { ...template.spec, restartPolicy: 'Never' } };
    return {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata,
      spec: {
        schedule,
        concurrencyPolicy: 'Forbid',
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        jobTemplate: { spec: { backoffLimit: 2, template: pod } },
      },
    };
  }
  const volumes = Object.entries(container.storage);
  if (volumes.length === 0)
    return { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas, selector, template } };
  const volumeClaimTemplates = volumes.map(([path, storage]) => {
    const { className, labels } = claim(storage);
    return {
      metadata: { name: volumeName(path), labels },
      spec: {
        storageClassName: className,
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: storage.size } },
      },
    };
  });
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: { replicas, serviceName: name, selector, template, volumeClaimTemplates },
  };
}

function podSpec(spec: WorkloadSpec) {
  const { app, name, container, replicas, schedule } = spec;
  const { root, user, arch, storage, scratch } = container;
  const folders = ['/tmp', ...scratch];
  const ports = containerPorts(spec);
  const spread = {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: podLabels(app, name) },
  };
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    // An image for one kind of processor only ever starts there.
    ...(arch.length === 1 ? { nodeSelector: { 'kubernetes.io/arch': arch[0] } } : {}),
    ...(replicas > 1 ? { topologySpreadConstraints: [spread] } : {}),
    securityContext: {
      ...(root === undefined ? { runAsNonRoot: true, runAsUser: user, runAsGroup: user, fsGroup: user } : {}),
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name,
        image: container.image,
        ...(container.command === undefined ? {} : { command: container.command }),
        ...(container.args === undefined ? {} : { args: container.args }),
        env: environment(app, container),
        ...(ports.length === 0 ? {} : { ports }),
        ...(container.port === undefined || schedule !== undefined ? {} : probes(container)),
        resources: { requests: container.requests, limits: limits(container) },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: root === undefined,
          capabilities: {
            drop: ['ALL'],
            ...(root === undefined ? {} : { add: ['CHOWN', 'SETGID', 'SETUID', 'DAC_OVERRIDE', 'FOWNER'] }),
          },
        },
        volumeMounts: [
          ...Object.keys(storage).map((mountPath) => ({ name: volumeName(mountPath), mountPath })),
          ...folders.map((mountPath) => ({ name: `scratch-${volumeName(mountPath)}`, mountPath })),
        ],
      },
    ],
    volumes: folders.map((folder) => ({
      name: `scratch-${volumeName(folder)}`,
      emptyDir: { sizeLimit: '1Gi' },
    })),
  };
}

/** Only a declared port can be found by whoever collects metrics. */
function containerPorts({ container, metricsPort }: WorkloadSpec): object[] {
  const { port } = container;
  return [
    ...(port === undefined ? [] : [{ name: 'main', containerPort: port }]),
    ...(metricsPort === undefined || metricsPort === port
      ? []
      : [{ name: 'metrics', containerPort: metricsPort }]),
  ];
}

function environment(app: string, { env }: Container): object[] {
  return Object.entries(env).map(([name, value]) =>
    typeof value === 'string'
      ? { name, value }
      : { name, valueFrom: { secretKeyRef: { name: app, key: value.secret } } },
  );
}

/** Slow boards take their time to start: it is given five minutes before it counts as dead. */
function probes({ health }: Container): object {
  const check =
    health === undefined ? { tcpSocket: { port: 'main' } } : { httpGet: { path: health, port: 'main' } };
  return {
    startupProbe: { ...check, periodSeconds: 5, failureThreshold: 60 },
    readinessProbe: { ...check, periodSeconds: 10 },
    livenessProbe: { ...check, periodSeconds: 20, failureThreshold: 6 },
  };
}

/** A short peak may take more CPU; memory that grows past twice what is usual is a leak. */
function limits({ requests, limits: given }: Container): { cpu: string; memory: string } {
  return given ?? { cpu: scaleQuantity(requests.cpu, 10), memory: scaleQuantity(requests.memory, 2) };
}

/** `/var/lib/x` -> `var-lib-x`. */
function volumeName(path: string): string {
  const name = path
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return name === '' ? 'root' : name;
}
