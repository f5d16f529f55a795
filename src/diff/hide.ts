import type { KubeObject } from '../kube/index.ts';
import type { FieldChange } from './fields.ts';

/** Shown in the place of a value. */
const HIDDEN = '(secret)';
const SENSITIVE = /(password|passwd|token|secret|api[-_]?key|private[-_]?key)$/i;

/** Field changes in which no secret can be read: of a Secret nothing but names, of others nothing that is called so. */
export function hideSecrets({ kind }: KubeObject, fields: readonly FieldChange[]): FieldChange[] {
  return fields.map((change) => {
    const leaf = change.path.replace(/\.value$/, '').replace(/\]$/, '');
    const secret = kind === 'Secret' ? !change.path.startsWith('metadata.') : SENSITIVE.test(leaf);
    return secret && !isReference(change)
      ? { ...change, before: hide(change.before), after: hide(change.after) }
      : change;
  });
}

function hide(value: unknown): unknown {
  return value === undefined ? undefined : HIDDEN;
}

/** A switch or a number under such a name is none. */
function isReference({ before, after }: FieldChange): boolean {
  return [before, after].every(
    (value) => value === undefined || typeof value === 'boolean' || typeof value === 'number',
  );
}
