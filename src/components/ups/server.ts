import type { KubeObject } from '../../kube/index.ts';
import { onePodDeployment, RESTRICTED_CONTAINER, resources } from '../shared.ts';
import {
  EXPORTER_PORT,
  LABELS,
  MONITOR,
  NAMESPACE,
  NUT_PORT,
  STEPS,
  secondsOf,
  type UpsOptions,
} from './names.ts';

const SERVER_IMAGE = 'docker.io/instantlinux/nut-upsd:2.8.3-r2';
const EXPORTER_IMAGE = 'ghcr.io/druggeri/nut_exporter:3.2.1';
const NAME = 'nut';

/** NUT's server on the node with the cable, and what makes metrics of it. */
export function serverObjects(node: string, options: UpsOptions): KubeObject[] {
  const metadata = { name: NAME, namespace: NAMESPACE, labels: LABELS };
  const usb = options.server === undefined;
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: configuration(options) },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: LABELS, ports: [{ name: 'metrics', port: EXPORTER_PORT, targetPort: 'metrics' }] },
    },
    onePodDeployment(metadata, {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      nodeSelector: { 'kubernetes.io/hostname': node },
      // The last to stop on its node: it says when the others must.
      priorityClassName: 'system-node-critical',
      tolerations: [{ operator: 'Exists' }],
      containers: [serverContainer(usb), exporterContainer()],
      volumes: [
        { name: 'config', configMap: { name: NAME } },
        { name: 'run', emptyDir: { medium: 'Memory', sizeLimit: '8Mi' } },
        ...(usb ? [{ name: 'usb', hostPath: { path: '/dev/bus/usb' } }] : []),
      ],
    }),
  ];
}

function serverContainer(usb: boolean): object {
  return {
    name: NAME,
    image: SERVER_IMAGE,
    command: ['/bin/sh', '/config/start.sh'],
    env: [
      {
        name: MONITOR.variable,
        valueFrom: { secretKeyRef: { name: MONITOR.secret, key: MONITOR.key } },
      },
      { name: 'NUT_CONFPATH', value: '/run/nut' },
      { name: 'NUT_STATEPATH', value: '/run/nut' },
    ],
    ports: [{ name: 'nut', containerPort: NUT_PORT, hostPort: NUT_PORT }],
    readinessProbe: { tcpSocket: { port: 'nut' }, periodSeconds: 30 },
    livenessProbe: {
      exec: { command: ['upsc', 'control-plane@localhost', 'ups.status'] },
      initialDelaySeconds: 60,
      periodSeconds: 60,
    },
    resources: resources({ cpu: '10m', memory: '24Mi' }, { cpu: '200m', memory: '64Mi' }),
    // A device of the host is not readable in any other way.
    securityContext: usb
      ? { privileged: true, runAsUser: 0, readOnlyRootFilesystem: true }
      : { ...RESTRICTED_CONTAINER, runAsUser: 0 },
    volumeMounts: [
      { name: 'config', mountPath: '/config', readOnly: true },
      { name: 'run', mountPath: '/run/nut' },
      ...(usb ? [{ name: 'usb', mountPath: '/dev/bus/usb' }] : []),
    ],
  };
}

function exporterContainer(): object {
  return {
    name: 'exporter',
    image: EXPORTER_IMAGE,
    args: [
      '--nut.server=127.0.0.1',
      '--nut.vars_enable=battery.charge,battery.runtime,ups.load,ups.realpower,ups.status,input.voltage',
      '--web.telemetry-path=/metrics',
      '--web.exporter-telemetry-path=/exporter',
    ],
    ports: [{ name: 'metrics', containerPort: EXPORTER_PORT }],
    readinessProbe: { httpGet: { path: '/exporter', port: 'metrics' }, periodSeconds: 30 },
    livenessProbe: { httpGet: { path: '/exporter', port: 'metrics' }, periodSeconds: 60 },
    resources: resources({ cpu: '10m', memory: '16Mi' }, { cpu: '100m', memory: '48Mi' }),
    securityContext: { ...RESTRICTED_CONTAINER, runAsNonRoot: true, runAsUser: 65_534 },
  };
}

/**
 * NUT's own files, and how they are started. The UPS is there once for each step: NUT repeats it under another name,
 * and there calls the battery low at another runtime (networkupstools.org, dummy-ups in repeater mode, ignorelb).
 */
function configuration(options: UpsOptions): Record<string, string> {
  return {
    'ups.conf': [
      options.server === undefined
        ? `[ups]\n  driver = ${options.driver}\n  port = auto\n  offdelay = 180\n  ondelay = 240\n`
        : `[ups]\n  driver = dummy-ups\n  port = ups@${options.server}:${NUT_PORT}\n  mode = repeater\n`,
      ...STEPS.map(
        (step) => `[${step}]
  driver = dummy-ups
  port = ups@127.0.0.1:${NUT_PORT}
  mode = repeater
  ignorelb
  override.battery.runtime.low = ${secondsOf(step, options)}
`,
      ),
    ].join('\n'),
    'upsd.conf': `LISTEN 0.0.0.0 ${NUT_PORT}\n`,
    'start.sh': startScript(options),
  };
}

/** @param cutsPower Only over its own cable can it tell the UPS to. */
function startScript({ cutsPower, server }: UpsOptions): string {
  return `set -eu
umask 077
cp /config/ups.conf /config/upsd.conf ${RUN}/
printf '[${MONITOR.user}]\\n  password = %s\\n  upsmon secondary\\n' "$${MONITOR.variable}" > ${RUN}/upsd.users
upsdrvctl -u root start ups
upsd -u root
for step in ${STEPS.join(' ')}; do upsdrvctl -u root start "$step"; done
while sleep 5; do
  state=$(upsc control-plane@localhost ups.status) || exit 1
  case " $state " in
  *' OB '*' LB '*)
    echo "the battery is nearly empty: $state"
${
  cutsPower && server === undefined
    ? `    # The hosts have seen it and are on their way down; the outlets follow three minutes later.
    sleep 15
    upsdrvctl -u root stop ups || true
    upsdrvctl -u root shutdown ups
    sleep 600
`
    : ''
}    ;;
  esac
done
`;
}

const RUN = '/run/nut';
