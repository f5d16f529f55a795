import { identityOf, type KubeObject, objectName } from '../kube/index.ts';
import type { Effect } from './consequence.ts';
import { effectsOfChange, effectsOfCreation, effectsOfRemoval } from './consequence.ts';
import { compareFields, type FieldChange } from './fields.ts';
import { hideSecrets } from './hide.ts';
import { readersOf } from './readers.ts';

/** An object, and where it comes from, in words: a file of the tree, a release. */
export interface Entry {
  readonly object: KubeObject;
  readonly file?: string | undefined;
  /** Component or app that it belongs to. */
  readonly part?: string | undefined;
}

/** What a change does to one object. */
export interface ObjectChange {
  /** `Kind/namespace/name`. */
  readonly object: string;
  readonly kind: string;
  readonly action: 'create' | 'change' | 'delete';
  readonly effects: readonly Effect[];
  /** Values of Secrets are not in it. */
  readonly fields: readonly FieldChange[];
  readonly file?: string | undefined;
  readonly part?: string | undefined;
}

/** Compares what is in a cluster before and after, object by object: same group, kind, namespace and name. */
export function compareItems(before: readonly Entry[], after: readonly Entry[]): ObjectChange[] {
  const [old, now] = [byIdentity(before), byIdentity(after)];
  const objects = after.map(({ object }) => object);
  const gone = [...old].filter(([identity]) => !now.has(identity));
  return [
    ...[...now].flatMap(([identity, entry]) => {
      const previous = old.get(identity);
      return previous === undefined ? [created(entry)] : changed(previous, entry, objects);
    }),
    ...gone.map(([, entry]) => deleted(entry)),
  ];
}

function byIdentity(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [identityOf(entry.object), entry]));
}

function created(entry: Entry): ObjectChange {
  return { ...place(entry), action: 'create', effects: effectsOfCreation(entry.object), fields: [] };
}

function deleted(entry: Entry): ObjectChange {
  return { ...place(entry), action: 'delete', effects: effectsOfRemoval(entry.object), fields: [] };
}

function changed(before: Entry, after: Entry, all: readonly KubeObject[]): ObjectChange[] {
  const fields = compareFields(before.object, after.object);
  if (fields.length === 0) return [];
  const readers = readersOf(after.object, all);
  const effects = effectsOfChange(before.object, after.object, fields, readers);
  return [{ ...place(after), action: 'change', effects, fields: hideSecrets(after.object, fields) }];
}

function place({ object, file, part }: Entry): Pick<ObjectChange, 'object' | 'kind' | 'file' | 'part'> {
  return { object: objectName(object), kind: object.kind, file, part };
}
