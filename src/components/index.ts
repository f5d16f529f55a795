/**
 * The platform's parts. One folder each, with the same file names; `registry.ts` lists them.
 * A component sees its cluster and other components' exports, and gives a `Contribution`: namespaces,
 * releases, objects, flows, secrets, alerts, host needs. It knows nothing of files.
 */
import type { ComponentUse } from '../model/index.ts';
import type { Component } from './contract.ts';
import * as registry from './registry.ts';

export { type Component, type Context, LAYERS } from './contract.ts';
export {
  type Alert,
  type Chart,
  type Contribution,
  type Endpoint,
  type Flow,
  type HostFile,
  type HostNeeds,
  type ImageUpdates,
  type NamespaceSpec,
  type Objective,
  POD_SECURITY_LEVELS,
  type PodSecurityLevel,
  type Release,
  type SecretNeed,
  type SecretSource,
} from './contribution.ts';
export type { Exports, ServicePort } from './exports.ts';
export { imagesBranch, VERSIONS_FOLDER, versionsFile } from './flux/images.ts';
export { APPS_ACCOUNT } from './flux/rbac.ts';
export { isBackedUp, metricsFlow, ownObjects, PUBLIC, pods, workloadDown } from './shared.ts';

/** All components by name. */
export const COMPONENTS: ReadonlyMap<string, Component> = new Map(
  Object.values(registry).map(({ definition }) => [definition.name, definition]),
);

/** What a use in a definition is of; undefined for a component that does not exist. */
export function definitionOf(use: ComponentUse): Component | undefined {
  return (use.definition as Component | undefined) ?? COMPONENTS.get(use.component);
}
