import type { KubeObject } from '../../kube/index.ts';
import type { Cluster, Homelab } from '../../model/index.ts';

/** The Secret with the Cloudflare API token. */
export const CLOUDFLARE_TOKEN = { name: 'cloudflare-api-token', key: 'api-token' } as const;

const ISSUER = 'letsencrypt';
const DIRECTORY = {
  trusted: 'https://acme-v02.api.letsencrypt.org/directory',
  // Its certificates are not trusted by browsers, but its rate limits forgive a cluster that is rebuilt daily.
  staging: 'https://acme-staging-v02.api.letsencrypt.org/directory',
} as const;

export function clusterIssuer(homelab: Homelab, cluster: Cluster): KubeObject {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'ClusterIssuer',
    metadata: { name: ISSUER },
    spec: {
      acme: {
        email: homelab.email,
        server: cluster.policy.trustedCertificates ? DIRECTORY.trusted : DIRECTORY.staging,
        privateKeySecretRef: { name: `${ISSUER}-account` },
        solvers: [
          {
            selector: { dnsZones: [homelab.zone] },
            dns01: { cloudflare: { apiTokenSecretRef: CLOUDFLARE_TOKEN } },
          },
        ],
      },
    },
  };
}

export function certificate(name: string, namespace: string, dnsNames: readonly string[]): KubeObject {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name, namespace },
    spec: {
      secretName: name,
      dnsNames: [...dnsNames],
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: ISSUER },
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
    },
  };
}
