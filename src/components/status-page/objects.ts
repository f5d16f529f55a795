import type { KubeObject } from '../../kube/index.ts';
import type { Exports } from '../exports.ts';
import { account, onePodDeployment, RESTRICTED_CONTAINER, resources, restrictedPod } from '../shared.ts';
import { LABELS, NAMESPACE, PORT, TOKEN_SECRET } from './names.ts';
import { pageRules } from './rights.ts';

const TOKEN_FOLDER = '/run/token';

interface PageSettings {
  /** Name that browsers call it by. */
  readonly host: string;
  readonly image: string;
  readonly metrics: Exports['metrics'] | undefined;
}

/** The page's pod, its account, and the Service in front of it. */
export function pageObjects({ host, image, metrics }: PageSettings): KubeObject[] {
  const metadata = { name: NAMESPACE, namespace: NAMESPACE, labels: LABELS };
  const probe = { httpGet: { path: '/healthz', port: PORT } };
  return [
    ...account(NAMESPACE, NAMESPACE, pageRules(metrics)),
    onePodDeployment(metadata, {
      serviceAccountName: NAMESPACE,
      ...restrictedPod(1_000),
      containers: [
        {
          name: 'page',
          image,
          args: [
            'status',
            '--in-cluster',
            '--serve',
            '--bind=0.0.0.0',
            `--port=${PORT}`,
            `--allowed-host=${host}`,
            `--token-file=${TOKEN_FOLDER}/token`,
            '--state=/tmp/homeplane',
          ],
          ports: [{ name: 'http', containerPort: PORT }],
          startupProbe: { ...probe, failureThreshold: 60, periodSeconds: 2 },
          readinessProbe: probe,
          livenessProbe: { ...probe, periodSeconds: 30 },
          resources: resources({ cpu: '50m', memory: '160Mi' }, { cpu: '1', memory: '512Mi' }),
          securityContext: RESTRICTED_CONTAINER,
          volumeMounts: [
            { name: 'token', mountPath: TOKEN_FOLDER, readOnly: true },
            { name: 'tmp', mountPath: '/tmp' },
          ],
        },
      ],
      volumes: [
        { name: 'token', secret: { secretName: TOKEN_SECRET, defaultMode: 0o440 } },
        { name: 'tmp', emptyDir: { sizeLimit: '256Mi' } },
      ],
    }),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: LABELS, ports: [{ name: 'http', port: 80, targetPort: PORT }] },
    },
  ];
}
