import { z } from 'zod';
import type { Component, Context, Contribution, Exports, NamespaceSpec } from '../components/index.ts';
import { type ComponentUse, marked } from '../model/index.ts';

/** What `apps: [...]` of a cluster takes. */
export type AppUse = Pick<ComponentUse, 'component' | 'options' | 'schema' | 'definition'>;

interface AppKind<Schema extends z.ZodType> {
  readonly name: string;
  readonly options: z.input<Schema>;
  readonly schema: Schema;
  readonly summary: string;
  /** Exports that it cannot do without. */
  requires(options: z.output<Schema>): readonly (keyof Exports)[];
  contribute(context: Context, options: z.output<Schema>): Contribution;
}

/** An app as a cluster takes it: a component whose definition is made for it alone. */
export function makeUse<Schema extends z.ZodType>(kind: AppKind<Schema>): AppUse {
  const { name, options, schema, summary } = kind;
  const parsed = schema.safeParse(options);
  const definition: Component = {
    name,
    layer: 'apps',
    summary,
    schema,
    // Options that do not parse are reported before anything asks for this.
    requires: parsed.success ? ['gitops', ...kind.requires(parsed.data)] : [],
    uses: [],
    configures: ['ingress'],
    exports: () => ({}),
    contribute: (context, given) => kind.contribute(context, schema.parse(given)),
  };
  return marked({ component: name, options, schema, definition });
}

/** PodSecurity level that pods need, and why, when it is not `restricted`. */
export const PodSecuritySchema = z
  .strictObject({ level: z.enum(['baseline', 'privileged']), reason: z.string().min(10) })
  .optional();

/** The namespace of an app that is taken as it is. */
export function namespaceOf(name: string, podSecurity: z.output<typeof PodSecuritySchema>): NamespaceSpec {
  return podSecurity === undefined
    ? { name, needs: 'restricted' }
    : { name, needs: podSecurity.level, reason: podSecurity.reason };
}
