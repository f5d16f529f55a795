import { z } from 'zod';
import type { Contribution } from '../components/index.ts';
import { strict } from '../model/index.ts';
import { ownFlows } from './flows.ts';
import { type AppUse, makeUse, namespaceOf, PodSecuritySchema } from './use.ts';

const ManifestsSchema = strict({
  /** Folder of YAML files, from the definition's own. */
  folder: z
    .string()
    .regex(/^(\.\/)?[\w-][\w./-]*$/, 'a folder beside the definition, such as "./manifests/game"')
    .refine((folder) => !folder.split('/').includes('..'), 'a folder beside the definition'),
  /** Whether its pods talk to the Internet at port 443. Default false. */
  internet: z.boolean().default(false),
  /** PodSecurity level that its pods need, and why, when it is not `restricted`. */
  podSecurity: PodSecuritySchema,
});

/**
 * Plain YAML as an app, in a namespace of its own: for what you have already.
 * @param name Its name, and that of the namespace that everything in it goes to.
 * @example manifests('game', { folder: './manifests/game' })
 */
export function manifests(name: string, options: z.input<typeof ManifestsSchema>): AppUse {
  return makeUse({
    name,
    options,
    schema: ManifestsSchema,
    summary: 'Manifests of yours.',
    requires: () => ['cni'],
    contribute({ homelab }, { folder, internet, podSecurity }): Contribution {
      const objects = (homelab.manifests.get(folder) ?? []).map((object) => ({
        ...object,
        metadata: { ...object.metadata, namespace: name },
      }));
      return {
        namespaces: [namespaceOf(name, podSecurity)],
        releases: [],
        objects,
        flows: ownFlows(name, internet),
      };
    },
  });
}
