import { z } from 'zod';
import { ipAddress } from '../../model/index.ts';
import { defineComponent } from '../contract.ts';
import type { Contribution } from '../contribution.ts';
import { apiFlow, metricsFlow, pods } from '../shared.ts';
import { UPS_METRICS, upsAlerts } from './alerts.ts';
import { upsDashboard } from './dashboard.ts';
import { monitorOf } from './hosts.ts';
import { EXPORTER_PORT, LABELS, MONITOR, NAMESPACE, NUT_PORT, SHED_LABELS } from './names.ts';
import { serverObjects } from './server.ts';
import { shedObjects } from './shed.ts';

const minutes = z.number().positive();

/**
 * Watches the uninterruptible power supply and shuts down in order as its battery runs out: apps, workers, control
 * plane. When the mains return, everything comes back.
 * @example ups({ node: 'rk1-1', appsAtMinutes: 15, workersAtMinutes: 8, controlPlaneAtMinutes: 4 })
 */
export const ups = defineComponent({
  name: 'ups',
  layer: 'monitoring',
  summary: 'Watches the UPS, and shuts down in order as its battery runs out: apps, workers, control plane.',
  options: {
    /** The node that the UPS's USB cable leads to, and whose address the others ask. Default: the first control plane. */
    node: z.string().optional(),
    /** Address of another NUT server that has the cable: of another cluster, or of a NAS. It must call its UPS `ups`. */
    server: ipAddress.optional(),
    /** NUT's driver for this UPS. Default `usbhid-ups`, which most of today's speak. */
    driver: z.string().default('usbhid-ups'),
    /** Apps are stopped when the battery has this much left. Default 15. */
    appsAtMinutes: minutes.default(15),
    /** Workers shut down at this. Default 8. */
    workersAtMinutes: minutes.default(8),
    /** Control planes shut down at this. Default 4. */
    controlPlaneAtMinutes: minutes.default(4),
    /** Whether the UPS then cuts its outlets, so that the boards start by themselves when the mains return. Default true. */
    cutsPower: z.boolean().default(true),
  },
  contribute(context, options): Contribution {
    const { cluster } = context;
    const server = pods(NAMESPACE, LABELS);
    const uses = cluster.components.filter(({ definition }) => definition !== undefined);
    const names = new Set(uses.map(({ component }) => component));
    const apps = context.others().filter(({ name }) => names.has(name));
    const planes = cluster.nodes.filter(({ controlPlane }) => controlPlane);
    const node = cluster.nodes.find(({ name }) => name === options.node) ?? planes[0];
    return {
      namespaces: [
        {
          name: NAMESPACE,
          needs: 'privileged',
          reason: "It reads the UPS over the node's USB, and the hosts ask it at the node's own address.",
          enforce: options.podSecurity,
        },
      ],
      releases: [],
      objects: [...serverObjects(node?.name ?? '', options), ...(names.size === 0 ? [] : shedObjects(apps))],
      flows: [
        {
          name: 'hosts',
          // Other clusters and machines may hang on the same UPS.
          from: { kind: 'clients' },
          to: server,
          ports: [{ port: NUT_PORT }],
          why: 'The hosts ask how long the battery lasts.',
        },
        ...(options.server === undefined
          ? []
          : [
              {
                name: 'server',
                from: server,
                to: { kind: 'address', address: options.server } as const,
                ports: [{ port: NUT_PORT }],
                why: 'The UPS hangs on another machine.',
              },
            ]),
        ...(names.size === 0
          ? []
          : [
              apiFlow(pods(NAMESPACE, SHED_LABELS), 'Apps are stopped, and started again.'),
              {
                name: 'state',
                from: pods(NAMESPACE, SHED_LABELS),
                to: server,
                ports: [{ port: EXPORTER_PORT }],
                why: 'Apps are stopped when the battery runs low.',
              },
            ]),
        metricsFlow(server, EXPORTER_PORT, 'Load, battery and runtime are measured.', {
          params: { ups: 'ups' },
        }),
      ],
      secrets: [
        {
          namespace: NAMESPACE,
          name: MONITOR.secret,
          keys: { [MONITOR.key]: 'password' },
          why: 'The hosts log in at the NUT server with it.',
        },
      ],
      alerts: upsAlerts(options, names.size > 0),
      dashboards: [upsDashboard()],
      metrics: UPS_METRICS,
      hosts: {
        extensions: ['siderolabs/nut-client'],
        packages: ['nut-client'],
        services: ['nut-monitor'],
        ...monitorOf(node),
      },
    };
  },
});
