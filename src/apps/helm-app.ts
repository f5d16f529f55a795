import { z } from 'zod';
import { type Contribution, pods } from '../components/index.ts';
import { dnsLabel, strict } from '../model/index.ts';
import { ownFlows } from './flows.ts';
import { type AppUse, makeUse, namespaceOf, PodSecuritySchema } from './use.ts';

const HelmAppSchema = strict({
  chart: z.strictObject({
    /** `https://` repository, or `oci://` registry path. */
    repository: z.string().regex(/^(https|oci):\/\/\S+$/, 'an https:// repository or an oci:// path'),
    name: z.string().min(1),
    /** One version, not a range: the lock and promotion are about it. */
    version: z.string().regex(/^v?\d+\.\d+\.\d+\S*$/, 'one version such as "1.2.3"'),
  }),
  values: z.record(z.string(), z.unknown()).default({}),
  /** Exposes one of its services as `https://HOST.DOMAIN`. */
  expose: z
    .strictObject({
      host: dnsLabel,
      service: dnsLabel,
      port: z.number().int().min(1).max(65_535),
      /** Port of the pods behind the service, and their labels. */
      podPort: z.number().int().min(1).max(65_535),
      podLabels: z.record(z.string(), z.string()),
      /** Puts a login in front of it. Default false. */
      login: z.boolean().default(false),
    })
    .optional(),
  /** Whether its pods talk to the Internet at port 443. Default false. */
  internet: z.boolean().default(false),
  /** Whether it makes claims. Default false. */
  storage: z.boolean().default(false),
  /** PodSecurity level that its pods need, and why, when it is not `restricted`. */
  podSecurity: PodSecuritySchema,
});

/**
 * A chart as an app, in a namespace of its own.
 * @param name Its name, and that of its namespace and release.
 * @example helmApp('git', { chart: { repository: 'oci://code.forgejo.org/forgejo-helm', name: 'forgejo', version: '12.0.0' } })
 */
export function helmApp(name: string, options: z.input<typeof HelmAppSchema>): AppUse {
  return makeUse({
    name,
    options,
    schema: HelmAppSchema,
    summary: 'A chart of yours.',
    requires: ({ storage }) => (storage ? ['cni', 'storage'] : ['cni']),
    contribute(context, { chart, values, expose, internet, podSecurity }): Contribution {
      const route =
        expose === undefined
          ? undefined
          : context.find('ingress')?.route({
              name: expose.host,
              namespace: name,
              service: expose.service,
              port: expose.port,
              pods: pods(name, expose.podLabels),
              podPort: expose.podPort,
              ownLogin: !expose.login,
            });
      return {
        namespaces: [namespaceOf(name, podSecurity)],
        releases: [{ name, namespace: name, chart, values }],
        config: (route?.objects ?? []).map((object) => ({ object })),
        flows: [...ownFlows(name, internet), ...(route?.flows ?? [])],
        secrets: [...(route?.secrets ?? [])],
      };
    },
  });
}
