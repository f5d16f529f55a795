import { z } from 'zod';
import { type Cluster, type ComponentUse, type Homelab, marked, strict } from '../model/index.ts';
import { mergeValues } from '../util/index.ts';
import type { Contribution } from './contribution.ts';
import type { Exports } from './exports.ts';

/** Where in the tree and in the order of things a component belongs. */
export const LAYERS = ['flux-system', 'network', 'security', 'storage', 'monitoring', 'apps'] as const;
export type Layer = (typeof LAYERS)[number];

/** What a component may look at: its cluster and what other components export, never their internals. */
export interface Context {
  readonly homelab: Homelab;
  readonly cluster: Cluster;
  /** What another component of this cluster exports; undefined when none does. */
  find<K extends keyof Exports>(key: K): Exports[K] | undefined;
  /** The same for a key listed in `requires`; `check` has made sure that it is there. */
  need<K extends keyof Exports>(key: K): Exports[K];
  /** `many` in an environment with redundancy when there are that many workers, else 1. */
  replicas(many: number): number;
  /** What the cluster's other parts contribute, for those that watch or check what others do. */
  others(): readonly Neighbour[];
}

/** Another part of the cluster: a component, or an app. */
export interface Neighbour {
  readonly name: string;
  /** What it contributes when it sees no others itself. */
  readonly contribution: Contribution;
}

/** A component's fixed facts and the functions that give what it contributes. */
export interface ComponentSpec<Shape extends z.ZodRawShape> {
  /** Name as in the definition, the tree and the documentation. */
  readonly name: string;
  readonly layer: Layer;
  /** One sentence for the reference. */
  readonly summary: string;
  /** The component's own options; `chart`, `values` and `podSecurity` are added to every component. */
  readonly options: Shape;
  /** Exports without which it cannot work: Flux waits for their providers. */
  readonly requires?: readonly (keyof Exports)[];
  /** Exports it uses when they are there. */
  readonly uses?: readonly (keyof Exports)[];
  /** Exports that only its configuration uses when they are there: the release does not wait for them. */
  readonly configures?: readonly (keyof Exports)[];
  exports?(cluster: Cluster, options: Options<Shape>): Partial<Exports>;
  contribute(context: Context, options: Options<Shape>): Contribution;
}

const COMMON = {
  /** Version of the component's chart. Default: the one that this homeplane was made for and tested with. */
  chart: z
    .string()
    .regex(/^v?\d+\.\d+\.\d+\S*$/, 'one version such as "1.2.3"')
    .optional(),
  /** Helm values merged over the component's own; the escape hatch. */
  values: z.record(z.string(), z.unknown()).default({}),
  /** PodSecurity level to enforce instead of the one the component needs; `check` says when pods cannot start. */
  podSecurity: z.enum(['privileged', 'baseline', 'restricted']).optional(),
};

const CommonSchema = z.object(COMMON);

type WithCommon<Shape extends z.ZodRawShape> = Shape & typeof COMMON;
/** A component's options after defaults. */
export type Options<Shape extends z.ZodRawShape> = z.output<z.ZodObject<WithCommon<Shape>, z.core.$strict>>;
type Input<Shape extends z.ZodRawShape> = z.input<z.ZodObject<WithCommon<Shape>, z.core.$strict>>;
type Use = Pick<ComponentUse, 'component' | 'options' | 'schema'>;

/** A component, with its types erased so that different ones fit in one list. */
export interface Component {
  readonly name: string;
  readonly layer: Layer;
  readonly summary: string;
  readonly schema: z.ZodType;
  readonly requires: readonly (keyof Exports)[];
  readonly uses: readonly (keyof Exports)[];
  readonly configures: readonly (keyof Exports)[];
  exports(cluster: Cluster, options: unknown): Partial<Exports>;
  contribute(context: Context, options: unknown): Contribution;
}

/** What the user calls: `metallb()`, `flannel({ networkPolicies: true })`. */
export interface ComponentFactory<Shape extends z.ZodRawShape> {
  (options?: Input<Shape>): Use;
  readonly definition: Component;
  /** Of its options, for whoever looks at them in a definition. */
  readonly schema: z.ZodType<Options<Shape>>;
}

/** Makes a component from its spec; the result is the factory that definitions call. */
export function defineComponent<const Shape extends z.ZodRawShape>(
  spec: ComponentSpec<Shape>,
): ComponentFactory<Shape> {
  const schema = strict({ ...COMMON, ...spec.options }) as unknown as z.ZodType<Options<Shape>>;
  const definition: Component = {
    name: spec.name,
    layer: spec.layer,
    summary: spec.summary,
    schema,
    requires: spec.requires ?? [],
    uses: spec.uses ?? [],
    configures: spec.configures ?? [],
    exports: (cluster, options) => spec.exports?.(cluster, schema.parse(options)) ?? {},
    contribute(context, options) {
      const common = CommonSchema.parse(options);
      return withCommon(spec.contribute(context, schema.parse(options)), common);
    },
  };
  const factory = (options: Input<Shape> = {} as Input<Shape>): Use =>
    marked({ component: spec.name, options, schema });
  return Object.assign(factory, { definition, schema });
}

/** The user's version and values go over those of the component's own chart, its first release. */
function withCommon(contribution: Contribution, common: z.output<typeof CommonSchema>): Contribution {
  const [first, ...others] = contribution.releases;
  if (first === undefined) return contribution;
  const release = {
    ...first,
    chart: { ...first.chart, version: common.chart ?? first.chart.version },
    values: mergeValues(first.values, common.values),
  };
  return { ...contribution, releases: [release, ...others] };
}
