import { z } from 'zod';
import { ClusterSchema, NodeSchema } from './cluster.ts';
import { ENVIRONMENTS } from './environment.ts';
import { SEVERITIES } from './finding.ts';
import { marked } from './position.ts';
import { dnsLabel, domainName, email, gitUrl, strict } from './schema.ts';
import { SiteSchema } from './site.ts';

export const HomelabSchema = strict({
  /** Name of the homelab. */
  name: dnsLabel,
  /** The Git repository that Flux reads. */
  git: strict({
    /** `https://...` or `ssh://...`, without credentials. */
    url: gitUrl,
    /** Default `main`. */
    branch: z.string().min(1).default('main'),
    /** Folder of the compiled tree in the repository. Default: its root, `.`. */
    path: z
      .string()
      .regex(/^(\.|[A-Za-z0-9_-][\w./-]*)$/, 'a relative folder such as "homelab"')
      .refine((path) => !path.split('/').includes('..'), 'a folder inside the repository')
      .default('.'),
  }),
  /** The DNS zone at Cloudflare that the clusters' domains belong to. */
  zone: domainName,
  /** Contact address for the certificate authority. */
  email,
  sites: z.array(SiteSchema).min(1, 'a homelab needs at least one site'),
  /** Findings that you have looked at and live with for a while. */
  waivers: z
    .array(
      strict({
        /** The rule, such as `BCK001`. */
        rule: z.string().regex(/^[A-Z]+\d{3}$/, 'the id of a rule, such as "BCK001"'),
        /** The cluster that it is waived in. Default: all of them. */
        cluster: dnsLabel.optional(),
        reason: z.string().min(10, 'why it may stay as it is'),
        /** Who answers for it. */
        owner: z.string().min(1),
        /** The last day that it holds, such as `2027-01-31`. */
        until: z.iso.date('a day such as "2027-01-31"'),
      }),
    )
    .default([]),
  /**
   * From which severity on a finding fails `check`, by environment. Default `error` everywhere; what belongs to no
   * cluster counts as the strictest of them.
   */
  failOn: z.partialRecord(z.enum(ENVIRONMENTS), z.enum(SEVERITIES)).default({}),
  clusters: z.array(ClusterSchema).min(1, 'a homelab needs at least one cluster'),
});

/** A definition as written, before validation. */
export type Definition = z.input<typeof HomelabSchema>;
type SiteInput = z.input<typeof SiteSchema>;
type NodeInput = z.input<typeof NodeSchema>;
type ClusterInput = z.input<typeof ClusterSchema>;

/**
 * The whole homelab; default-export what it returns from `homelab.ts`.
 * Nothing is validated here: `homeplane check` reports all mistakes at once.
 */
export function defineHomelab(definition: Definition): Definition {
  return marked({ ...definition });
}

/** A place with boards, its LAN, uplink and power. */
export function site(name: string, options: Omit<SiteInput, 'name'>): SiteInput {
  return marked({ name, ...options });
}

/** One Kubernetes cluster. */
export function cluster(name: string, options: Omit<ClusterInput, 'name'>): ClusterInput {
  return marked({ name, ...options });
}

/** One node of a cluster. @example node('rk1-1', { on: slot(turing, 1), address: '192.168.1.101' }) */
export function node(name: string, options: Omit<NodeInput, 'name'>): NodeInput {
  return marked({ name, ...options });
}
