import { z } from 'zod';
import { defineComponent } from '../contract.ts';
import type { Contribution } from '../contribution.ts';
import { apiFlow, pods, workloadDown } from '../shared.ts';
import { pageImage } from './image.ts';
import { LABELS, NAMESPACE, PORT, TOKEN_SECRET } from './names.ts';
import { pageObjects } from './objects.ts';

/**
 * The page of `homeplane status --serve`, in the cluster itself: it reads what Flux reads, and may change nothing.
 * @example statusPage({ host: 'homelab' })
 */
export const statusPage = defineComponent({
  name: 'status-page',
  layer: 'monitoring',
  summary: 'The whole cluster on one page, served from within it, with rights to read only.',
  options: {
    /** First label of its address, `https://HOST.DOMAIN`. */
    host: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'a DNS label')
      .default('homeplane'),
    /** Image of it. Default: the one that the repository's own CI builds, beside the repository in its forge's registry. */
    image: z.string().min(1).optional(),
  },
  requires: ['cni', 'gitops'],
  configures: ['ingress'],
  contribute(context, { host, image, podSecurity }): Contribution {
    const { cluster, homelab } = context;
    const route = context.find('ingress')?.route({
      name: host,
      namespace: NAMESPACE,
      service: NAMESPACE,
      port: 80,
      pods: pods(NAMESPACE, LABELS),
      podPort: PORT,
      ownLogin: true,
    });
    return {
      namespaces: [{ name: NAMESPACE, needs: 'restricted', enforce: podSecurity }],
      releases: [],
      objects: pageObjects({
        host: `${host}.${cluster.domain}`,
        image: image ?? pageImage(homelab.git.url),
        // Only names are taken of it, so nothing has to be there first.
        metrics: context.find('metrics'),
      }),
      config: (route?.objects ?? []).map((object) => ({ object })),
      flows: [
        apiFlow(pods(NAMESPACE), 'What is in the cluster is watched.'),
        {
          name: 'definition',
          from: pods(NAMESPACE),
          to: pods('flux-system', { app: 'source-controller' }),
          ports: [{ port: 9090 }],
          why: 'The definition is what Flux has fetched.',
        },
        ...(route?.flows ?? []),
      ],
      secrets: [
        {
          namespace: NAMESPACE,
          name: TOKEN_SECRET,
          keys: { token: 'password' },
          why: `Token that https://${host}.${cluster.domain} asks for.`,
        },
        ...(route?.secrets ?? []),
      ],
      alerts: [
        workloadDown('StatusPageDown', 'deployment', NAMESPACE, NAMESPACE, 'the page does not answer'),
      ],
    };
  },
});
