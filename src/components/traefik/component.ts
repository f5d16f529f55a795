import { z } from 'zod';
import type { Cluster } from '../../model/index.ts';
import { formatIp, parseIp } from '../../util/index.ts';
import { defineComponent } from '../contract.ts';
import type { Chart, Contribution } from '../contribution.ts';
import { workloadDown } from '../shared.ts';
import { DASHBOARD_USERS, traefikConfig } from './config.ts';
import { ingressDashboard, TRAEFIK_METRICS } from './dashboard.ts';
import { traefikFlows } from './flows.ts';
import { ingressObjectives, serviceObjective } from './objectives.ts';
import { routeBehindLogin } from './route.ts';
import { traefikValues } from './values.ts';

export const NAMESPACE = 'traefik';
const CHART: Chart = {
  repository: 'https://traefik.github.io/charts',
  name: 'traefik',
  version: '41.3.0',
};

const percent = z.number().min(50).lt(100);

function addressOf(cluster: Cluster, options: { address?: string | undefined }): string {
  return options.address ?? formatIp(cluster.pool.range.first);
}

/**
 * Leads HTTP and HTTPS into the cluster, at a fixed address of the pool.
 * @example traefik({ address: '192.168.1.160' })
 */
export const traefik = defineComponent({
  name: 'traefik',
  layer: 'network',
  summary: 'Ingress at a fixed address: HTTPS only, wildcard certificate, rate limit, security headers.',
  options: {
    /** Its load-balancer address. Default: the first of the cluster's pool. */
    address: z
      .string()
      .refine((text) => parseIp(text) !== undefined, 'an IPv4 address of the pool')
      .optional(),
    /** Requests a second from one client address, on average. Default 100. */
    requestsPerSecond: z.number().int().positive().default(100),
    /** Percent of requests over 30 days that are answered without an error of ours, and that are answered in 1.2 s. */
    objectives: z
      .strictObject({ availability: percent.default(99.5), latency: percent.default(95) })
      .default({ availability: 99.5, latency: 95 }),
  },
  requires: ['loadBalancer', 'certificateIssuer'],
  exports: (cluster, options) => ({
    ingress: {
      address: addressOf(cluster, options),
      route: (to) => routeBehindLogin(cluster.domain, to),
      objective: serviceObjective,
    },
  }),
  contribute(context, options): Contribution {
    const { cluster } = context;
    const annotations = context.need('loadBalancer').fixedAddress(addressOf(cluster, options));
    const certificate = context
      .need('certificateIssuer')
      .certificate('wildcard', NAMESPACE, [cluster.domain, `*.${cluster.domain}`]);
    return {
      namespaces: [{ name: NAMESPACE, needs: 'restricted', enforce: options.podSecurity }],
      releases: [
        {
          name: 'traefik',
          namespace: NAMESPACE,
          chart: CHART,
          values: traefikValues(context.replicas(2), annotations),
        },
      ],
      config: [
        { object: certificate, ready: true },
        ...traefikConfig(NAMESPACE, cluster.domain, options.requestsPerSecond).map((object) => ({ object })),
      ],
      flows: traefikFlows(),
      secrets: [
        {
          namespace: NAMESPACE,
          name: DASHBOARD_USERS,
          keys: { users: 'login' },
          why: `Login of https://traefik.${cluster.domain}.`,
        },
      ],
      alerts: [
        workloadDown(
          'TraefikDown',
          'deployment',
          NAMESPACE,
          'traefik',
          'nothing behind the ingress can be reached',
        ),
      ],
      dashboards: [ingressDashboard()],
      objectives: ingressObjectives(options.objectives),
      metrics: TRAEFIK_METRICS,
    };
  },
});
