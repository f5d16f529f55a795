import type { Definition } from '../model/index.ts';

type Use = Definition['clusters'][number]['components'][number];

/** Puts another use in the place of a component, in every cluster of an example. */
export function replaceComponent(definition: Definition, name: string, use: Use): void {
  for (const cluster of definition.clusters)
    cluster.components = cluster.components.map((old) => (old.component === name ? use : old));
}
