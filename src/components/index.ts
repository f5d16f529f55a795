/**
 * The platform's parts. One folder each, with the same file names; `registry.ts` lists them.
 * A component sees its cluster and other components' exports, and gives a `Contribution`: namespaces,
 * releases, objects, flows, secrets, alerts, host needs. It knows nothing of files.
 */
import type { Component } from './contract.ts';
import * as registry from './registry.ts';

export { type Component, type Context, LAYERS } from './contract.ts';
export {
  type Chart,
  type Contribution,
  type Endpoint,
  type Exports,
  type Flow,
  type HostNeeds,
  type NamespaceSpec,
  POD_SECURITY_LEVELS,
  type Release,
  type SecretNeed,
} from './contribution.ts';

/** All components by name. */
export const COMPONENTS: ReadonlyMap<string, Component> = new Map(
  Object.values(registry).map(({ definition }) => [definition.name, definition]),
);
