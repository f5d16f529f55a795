/**
 * The user's folder: loads the definition, writes the compiled tree, watches for edits. The rim between the
 * pure folders above and the disk.
 */
export { type Artifact, unpackArtifact } from './artifact.ts';
export { withDefinitionAt } from './at-ref.ts';
export { type Loaded, loadDefinition } from './load.ts';
export { readSecrets, SECRETS_FOLDER } from './secrets.ts';
export { writeTree } from './tree.ts';
export { watchDefinition } from './watch.ts';
