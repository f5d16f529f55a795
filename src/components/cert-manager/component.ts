import { defineComponent } from '../contract.ts';
import type { Chart, Contribution } from '../contribution.ts';
import { CERT_MANAGER_METRICS, certManagerAlerts } from './alerts.ts';
import { certManagerFlows } from './flows.ts';
import { CLOUDFLARE_TOKEN, certificate, clusterIssuer } from './issuer.ts';
import { certManagerValues } from './values.ts';

export const NAMESPACE = 'cert-manager';
const CHART: Chart = {
  repository: 'https://charts.jetstack.io',
  name: 'cert-manager',
  version: 'v1.21.1',
};

/**
 * Certificates from Let's Encrypt by DNS-01 through Cloudflare, so that names that exist only on the LAN
 * get a trusted wildcard certificate.
 * @example certManager()
 */
export const certManager = defineComponent({
  name: 'cert-manager',
  layer: 'security',
  summary: 'Wildcard certificates by ACME DNS-01 through Cloudflare.',
  options: {},
  requires: ['cni'],
  exports: () => ({ certificateIssuer: { certificate } }),
  contribute(context, options): Contribution {
    const { homelab, cluster } = context;
    return {
      namespaces: [{ name: NAMESPACE, needs: 'restricted', enforce: options.podSecurity }],
      releases: [
        {
          name: 'cert-manager',
          namespace: NAMESPACE,
          chart: CHART,
          values: certManagerValues(context.replicas(2)),
        },
      ],
      config: [{ object: clusterIssuer(homelab, cluster), ready: true }],
      flows: certManagerFlows(NAMESPACE),
      secrets: [
        {
          namespace: NAMESPACE,
          name: CLOUDFLARE_TOKEN.name,
          keys: { [CLOUDFLARE_TOKEN.key]: 'given' },
          why: `A Cloudflare API token with Zone:Read and DNS:Edit on ${homelab.zone}, for DNS-01 challenges.`,
        },
      ],
      alerts: certManagerAlerts(NAMESPACE),
      metrics: CERT_MANAGER_METRICS,
      // The environment's policy asks for it: what is tried out there must not use up the limits of the real service.
      accepts: [{ rule: 'TLS003', reason: "the environment's certificates are for trying things out" }],
    };
  },
});
