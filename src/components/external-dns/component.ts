import { z } from 'zod';
import { domainName } from '../../model/index.ts';
import { defineComponent } from '../contract.ts';
import type { Contribution } from '../contribution.ts';
import { apiFlow, metricsFlow, pods, workloadDown } from '../shared.ts';
import { CLOUDFLARE, externalDnsObjects, LABELS } from './objects.ts';

export const NAMESPACE = 'external-dns';

/**
 * Writes the public DNS records of apps that are meant to be public, at Cloudflare, and no others.
 * @example externalDns({ target: 'home.example.org' })
 */
export const externalDns = defineComponent({
  name: 'external-dns',
  layer: 'network',
  summary: 'Public DNS records at Cloudflare, for apps that are meant to be public and no others.',
  options: {
    /** Name that your line is reached by, such as that of a dynamic DNS service; public names lead there. */
    target: domainName.default('home.invalid'),
    /** Whether Cloudflare stands in between and hides your address. Default true. */
    proxied: z.boolean().default(true),
  },
  requires: ['cni', 'ingress'],
  exports: (_cluster, { target }) => ({ publicDns: { target } }),
  contribute({ homelab, cluster }, options): Contribution {
    const self = pods(NAMESPACE, LABELS);
    return {
      namespaces: [{ name: NAMESPACE, needs: 'restricted', enforce: options.podSecurity }],
      releases: [],
      objects: externalDnsObjects(NAMESPACE, {
        zone: homelab.zone,
        owner: cluster.name,
        proxied: options.proxied,
      }),
      flows: [
        apiFlow(self, 'Routes that are meant to be public are watched.'),
        {
          name: 'cloudflare',
          from: self,
          to: { kind: 'internet' },
          ports: [{ port: 443 }],
          why: 'Records are written by the Cloudflare API.',
        },
        metricsFlow(self, 7_979, 'Records and errors are counted.'),
      ],
      secrets: [
        {
          namespace: NAMESPACE,
          name: CLOUDFLARE.name,
          keys: { [CLOUDFLARE.key]: 'given' },
          why: `A Cloudflare API token with Zone:Read and DNS:Edit on ${homelab.zone}.`,
        },
      ],
      alerts: [
        workloadDown(
          'ExternalDnsDown',
          'deployment',
          NAMESPACE,
          'external-dns',
          'public names are not kept current',
        ),
        {
          name: 'ExternalDnsFailing',
          expr: 'increase(external_dns_registry_errors_total[15m]) > 0',
          fires: { external_dns_registry_errors_total: '0+1x60' },
          quiet: { external_dns_registry_errors_total: '3x60' },
          for: '30m',
          severity: 'warning',
          summary: 'public DNS records could not be written for half an hour',
          runbook: 'kubectl -n external-dns logs deployment/external-dns; check the Cloudflare token',
        },
      ],
      metrics: ['external_dns_registry_errors_total'],
    };
  },
});
