import { z } from 'zod';
import { cron, dnsLabel } from '../../model/index.ts';
import { defineComponent } from '../contract.ts';
import type { Chart, Contribution } from '../contribution.ts';
import { longhornAlerts } from './alerts.ts';
import { className, storageClasses, storageNodes } from './classes.ts';
import { LONGHORN_METRICS, longhornDashboard } from './dashboard.ts';
import { longhornFlows, UI_PODS } from './flows.ts';
import { dataPath, longhornHosts } from './hosts.ts';
import { claimLabels, recurringJobs } from './jobs.ts';
import { longhornPatches, longhornValues } from './values.ts';

export const NAMESPACE = 'longhorn-system';
const CHART: Chart = { repository: 'https://charts.longhorn.io', name: 'longhorn', version: '1.12.1' };

const retain = z.number().int().min(1).max(250);

/**
 * Replicated block storage on the nodes' data disks.
 * @example longhorn({ backup: { target: 'nfs://192.168.1.20:/volume1/longhorn' } })
 */
export const longhorn = defineComponent({
  name: 'longhorn',
  layer: 'storage',
  summary: 'Replicated block storage: three classes, snapshots, backups, trim.',
  options: {
    /** Class of volumes that ask for none. Default `standard`. */
    defaultClass: z.enum(['fast', 'standard', 'backup']).default('standard'),
    /** Snapshots of every volume. Default daily at 03:00, seven kept. */
    snapshots: z
      .strictObject({ cron: cron.default('0 3 * * *'), retain: retain.default(7) })
      .default({ cron: '0 3 * * *', retain: 7 }),
    /** Where backups of every volume go. Default: none, which `check` warns of in production. */
    backup: z
      .strictObject({
        /** `nfs://SERVER:/PATH` or `s3://BUCKET@REGION/`. */
        target: z
          .string()
          .regex(
            /^(nfs:\/\/\S+:\/\S*|s3:\/\/\S+@\S+\/\S*)$/,
            '"nfs://SERVER:/PATH" or "s3://BUCKET@REGION/"',
          ),
        /** Secret in longhorn-system with the credentials of an S3 target. */
        secret: dnsLabel.optional(),
        /** Default daily at 02:00. */
        cron: cron.default('0 2 * * *'),
        /** Backups kept of each volume. Default 14. */
        retain: retain.default(14),
      })
      .optional(),
  },
  requires: ['cni'],
  configures: ['ingress'],
  exports: (_cluster, options) => ({
    storage: { className, claimLabels, backedUp: options.backup !== undefined },
  }),
  contribute(context, options): Contribution {
    const { cluster } = context;
    const route = context.find('ingress')?.route({
      name: 'longhorn',
      namespace: NAMESPACE,
      service: 'longhorn-frontend',
      port: 80,
      pods: UI_PODS,
      podPort: 8000,
    });
    const credentials = options.backup?.secret;
    return {
      namespaces: [
        {
          name: NAMESPACE,
          needs: 'privileged',
          reason: 'the engine attaches block devices and mounts file systems on the host',
          enforce: options.podSecurity,
        },
      ],
      releases: [
        {
          name: 'longhorn',
          namespace: NAMESPACE,
          chart: CHART,
          values: longhornValues(context, dataPath(cluster), options.backup),
          patches: longhornPatches(),
        },
      ],
      objects: storageClasses(cluster, options.defaultClass),
      config: [...recurringJobs(NAMESPACE, options.snapshots, options.backup), ...(route?.objects ?? [])].map(
        (object) => ({ object }),
      ),
      flows: [...longhornFlows(NAMESPACE, options.backup?.target), ...(route?.flows ?? [])],
      secrets: [
        ...(route?.secrets ?? []),
        ...(credentials === undefined
          ? []
          : [
              {
                namespace: NAMESPACE,
                name: credentials,
                keys: {
                  AWS_ACCESS_KEY_ID: 'given' as const,
                  AWS_SECRET_ACCESS_KEY: 'given' as const,
                  AWS_ENDPOINTS: 'given' as const,
                },
                why: 'Credentials of the backup target.',
              },
            ]),
      ],
      alerts: longhornAlerts(NAMESPACE, options.backup !== undefined),
      dashboards: [longhornDashboard()],
      metrics: LONGHORN_METRICS,
      accepts: [
        {
          rule: 'SEC010',
          objects: ['longhorn-support-bundle'],
          reason: 'the chart makes the account; a pod has it only while somebody asks for a support bundle',
        },
      ],
      hosts: longhornHosts(cluster, storageNodes(cluster)),
    };
  },
});
