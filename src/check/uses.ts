import type { z } from 'zod';
import type { Component } from '../components/index.ts';
import type { Cluster, ComponentUse } from '../model/index.ts';
import type { Subject } from './rule.ts';

/** Every use of a component, with its options as they are after defaults; options that do not parse are DEF findings. */
export function* usesOf<Schema extends z.ZodType>(
  { homelab }: Subject,
  { definition, schema }: { readonly definition: Component; readonly schema: Schema },
): Iterable<{ cluster: Cluster; use: ComponentUse; options: z.output<Schema> }> {
  for (const cluster of homelab.clusters)
    for (const use of cluster.components.filter(({ component }) => component === definition.name)) {
      const parsed = schema.safeParse(use.options);
      if (parsed.success) yield { cluster, use, options: parsed.data };
    }
}
