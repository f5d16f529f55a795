import { z } from 'zod';
import { dnsLabel } from '../../model/index.ts';
import { defineComponent } from '../contract.ts';
import type { Chart, Contribution, SecretNeed } from '../contribution.ts';
import { fluxAlerts } from './alerts.ts';
import { FLUX_METRICS, fluxDashboard } from './dashboard.ts';
import { fluxFlows } from './flows.ts';
import { imageAutomation } from './images.ts';
import { fluxInstance } from './instance.ts';
import { notificationSecrets, notifications } from './notifications.ts';
import { fluxRoles } from './rbac.ts';
import { fluxOperatorValues } from './values.ts';

export const NAMESPACE = 'flux-system';
const CHART: Chart = {
  repository: 'oci://ghcr.io/controlplaneio-fluxcd/charts',
  name: 'flux-operator',
  version: '0.49.0',
};

const CONTROLLERS = [
  'source-controller',
  'kustomize-controller',
  'helm-controller',
  'notification-controller',
];
const IMAGE_CONTROLLERS = ['image-reflector-controller', 'image-automation-controller'];

/**
 * Keeps the cluster at what Git says: the Flux Operator and its FluxInstance.
 * @example flux({ gitSecret: 'git-credentials' })
 */
export const flux = defineComponent({
  name: 'flux',
  layer: 'flux-system',
  summary: 'GitOps: the Flux Operator keeps the Flux controllers, which keep the cluster at what Git says.',
  options: {
    /** Secret in flux-system with the credentials of a private repository. Default: the repository is public. */
    gitSecret: dnsLabel.optional(),
    /** Secret in flux-system with the age key that decrypts Secrets in Git. Default `sops-age`. */
    decryptionSecret: dnsLabel.default('sops-age'),
    /** Who is told when Flux applies something or fails to. Default nobody; alerts tell of what stays broken. */
    notify: z
      .strictObject({
        /** A Discord channel, by its webhook. */
        discord: z.boolean().default(false),
        /** The status of the commit at GitHub, by a token with the right to write it. */
        commitStatus: z.boolean().default(false),
      })
      .default({ discord: false, commitStatus: false }),
    /**
     * Takes newer images of apps by itself, where an app says which (`updates`): Flux writes them into
     * `versions/CLUSTER.yaml` on a branch of its own. Needs `gitSecret` with the right to push. Default false.
     */
    imageAutomation: z.boolean().default(false),
    /** Flux release series. Default the one the twin runs. */
    version: z
      .string()
      .regex(/^2\.\d+\.(x|\d+)$/, 'a Flux version such as "2.9.x"')
      .default('2.9.x'),
  },
  exports: (_cluster, options) => ({
    gitops: {
      decryptionSecret: options.decryptionSecret,
      gitSecret: options.gitSecret,
      imageAutomation: options.imageAutomation,
    },
  }),
  contribute(context, options): Contribution {
    const { homelab, cluster } = context;
    const controllers = options.imageAutomation ? [...CONTROLLERS, ...IMAGE_CONTROLLERS] : CONTROLLERS;
    const images = context.others().flatMap(({ contribution }) => contribution.images ?? []);
    const secrets: SecretNeed[] = [
      {
        namespace: NAMESPACE,
        name: options.decryptionSecret,
        keys: { 'age.agekey': 'given' },
        outsideGit: true,
        why: 'The age private key that decrypts SOPS files; the only secret that is not itself in Git.',
      },
    ];
    if (options.gitSecret !== undefined)
      secrets.push({
        namespace: NAMESPACE,
        name: options.gitSecret,
        keys: { username: 'given', password: 'given' },
        outsideGit: true,
        why: options.imageAutomation
          ? 'Access to the Git repository, with the right to push.'
          : 'Read access to the Git repository.',
      });
    secrets.push(...notificationSecrets(NAMESPACE, options.notify));
    return {
      namespaces: [{ name: NAMESPACE, needs: 'restricted', enforce: options.podSecurity }],
      releases: [{ name: 'flux-operator', namespace: NAMESPACE, chart: CHART, values: fluxOperatorValues() }],
      objects: fluxRoles(NAMESPACE),
      config: [
        { object: fluxInstance(NAMESPACE, options.version, controllers), ready: true },
        ...notifications(NAMESPACE, homelab, cluster, options.notify).map((object) => ({ object })),
        ...(options.imageAutomation
          ? imageAutomation(NAMESPACE, homelab, cluster, images).map((object) => ({ object }))
          : []),
      ],
      flows: fluxFlows(NAMESPACE),
      secrets,
      alerts: fluxAlerts(NAMESPACE, controllers),
      dashboards: [fluxDashboard()],
      metrics: FLUX_METRICS,
      accepts: [
        {
          rule: 'SEC010',
          objects: ['flux-operator'],
          reason: 'who installs Flux grants what Flux may do; apps are applied with their own accounts',
        },
      ],
    };
  },
});
