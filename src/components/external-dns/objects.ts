import type { KubeObject } from '../../kube/index.ts';
import {
  account,
  onePodDeployment,
  PUBLIC,
  RESTRICTED_CONTAINER,
  resources,
  restrictedPod,
} from '../shared.ts';

const IMAGE = 'registry.k8s.io/external-dns/external-dns:v0.19.0';
const NAME = 'external-dns';
export const LABELS = { 'app.kubernetes.io/name': NAME };
export const CLOUDFLARE = { name: 'cloudflare-api-token', key: 'api-token' } as const;

interface Options {
  readonly zone: string;
  /** Marks the records as this cluster's, so that two clusters never take each other's away. */
  readonly owner: string;
  readonly proxied: boolean;
}

/** The program publishes no chart that is pinned here: it is one Deployment. */
export function externalDnsObjects(namespace: string, { zone, owner, proxied }: Options): KubeObject[] {
  const metadata = { name: NAME, namespace, labels: LABELS };
  return [
    ...account(NAME, namespace, [
      {
        apiGroups: ['traefik.io'],
        resources: ['ingressroutes', 'ingressroutetcps', 'ingressrouteudps'],
        verbs: ['get', 'list', 'watch'],
      },
      { apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list', 'watch'] },
    ]),
    onePodDeployment(metadata, {
      serviceAccountName: NAME,
      ...restrictedPod(65_532),
      containers: [
        {
          name: NAME,
          image: IMAGE,
          args: [
            '--source=traefik-proxy',
            '--traefik-disable-legacy',
            `--annotation-filter=${PUBLIC.name}=${PUBLIC.value}`,
            '--provider=cloudflare',
            ...(proxied ? ['--cloudflare-proxied'] : []),
            `--domain-filter=${zone}`,
            '--policy=sync',
            '--registry=txt',
            `--txt-owner-id=homeplane-${owner}`,
            '--interval=5m',
          ],
          env: [
            {
              name: 'CF_API_TOKEN',
              valueFrom: { secretKeyRef: { name: CLOUDFLARE.name, key: CLOUDFLARE.key } },
            },
          ],
          ports: [{ name: 'http', containerPort: 7_979 }],
          livenessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 30 },
          readinessProbe: { httpGet: { path: '/healthz', port: 'http' } },
          resources: resources({ cpu: '10m', memory: '48Mi' }, { cpu: '100m', memory: '96Mi' }),
          securityContext: RESTRICTED_CONTAINER,
        },
      ],
    }),
  ];
}
