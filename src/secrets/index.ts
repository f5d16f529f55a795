/**
 * The values that must not be in a definition: which are needed, which are there, and SOPS to encrypt them with
 * age keys, one for each cluster. Nothing is ever written in the clear but the keys themselves, outside the
 * repository and readable only by their owner.
 */
export { readRecipients, writeRecipients } from './config.ts';
export { guardCommits, ignoreKeys, stagedKeys } from './guard.ts';
export { ensureKey, keyFile, readKey, replaceKey } from './keys.ts';
export { type SecretState, secretStates } from './needs.ts';
export { Sops } from './sops.ts';
export { SecretStore } from './store.ts';
export { generateValues, placeholderValues } from './values.ts';
