import { quantity } from '../capacity/index.ts';
import { field, type KubeObject, textAt, wordAt } from '../kube/index.ts';
import { unique } from '../util/index.ts';
import { exposureNotes } from './exposure.ts';
import type { FieldChange } from './fields.ts';
import { immutableFields } from './immutable.ts';
import type { Readers } from './readers.ts';
import { rightsNotes } from './rights.ts';

/** What a change does, from the gravest; in this order they are shown. */
export const CONSEQUENCES = {
  storage: 'puts stored data at risk or changes volumes',
  recreate: 'cannot be changed in place: the object has to be made anew',
  delete: 'deletes',
  expose: 'changes what can be reached from where',
  rights: 'changes who may do what',
  restart: 'restarts pods',
  scale: 'changes how many pods there are',
  create: 'creates',
  configure: 'changes settings',
  metadata: 'changes labels and annotations only',
} as const;

export type Consequence = keyof typeof CONSEQUENCES;

/** One thing that a change does, in words. */
export interface Effect {
  readonly consequence: Consequence;
  readonly note: string;
}

const WORKLOADS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);
const OPERATED: ReadonlySet<string> = new Set(['Prometheus', 'Alertmanager', 'FluxInstance']);

export function effectsOfRemoval(object: KubeObject): Effect[] {
  const effects: Effect[] = [...exposureNotes(object, undefined), ...rightsNotes(object, undefined)];
  switch (object.kind) {
    case 'PersistentVolumeClaim':
      return [
        {
          consequence: 'storage',
          note: `its volume of ${sizeOf(object)} is deleted, unless its class retains it`,
        },
      ];
    case 'PersistentVolume':
    case 'StorageClass':
      return [{ consequence: 'storage', note: 'volumes that name it stay, and no more are made' }];
    case 'Namespace':
      return [{ consequence: 'storage', note: 'everything in it is deleted, volumes too' }];
    case 'CustomResourceDefinition':
      return [
        {
          consequence: 'storage',
          note: `every ${wordAt(object, 'spec', 'names', 'kind') || 'object'} of the cluster is deleted with it`,
        },
      ];
    case 'StatefulSet':
      return [
        ...effects,
        { consequence: 'delete', note: `${podsOf(object)}; volumes of its claim templates stay behind` },
      ];
    case 'Deployment':
    case 'DaemonSet':
      return [...effects, { consequence: 'delete', note: podsOf(object) }];
    default:
      return effects.length > 0 ? effects : [{ consequence: 'delete', note: '' }];
  }
}

export function effectsOfCreation(object: KubeObject): Effect[] {
  const effects = [...exposureNotes(undefined, object), ...rightsNotes(undefined, object)];
  const note = WORKLOADS.has(object.kind)
    ? podsOf(object)
    : object.kind === 'PersistentVolumeClaim'
      ? sizeOf(object)
      : '';
  return effects.length > 0 ? effects : [{ consequence: 'create', note }];
}

/** @param readers Who reads it, for a ConfigMap or a Secret. */
export function effectsOfChange(
  before: KubeObject,
  after: KubeObject,
  fields: readonly FieldChange[],
  readers: Readers,
): Effect[] {
  const immutable = immutableFields(after.kind, fields);
  const effects: Effect[] = [
    ...(immutable.length === 0
      ? []
      : [
          {
            consequence: 'recreate' as const,
            note: `the API server refuses another ${unique(immutable).join(', ')}`,
          },
        ]),
    ...storageEffects(before, after),
    ...claimEffects(fields),
    ...exposureNotes(before, after),
    ...rightsNotes(before, after),
    ...podEffects(after, fields),
  ];
  if (effects.length > 0) return effects;
  if (isMetadata(fields)) return [{ consequence: 'metadata', note: '' }];
  return [{ consequence: 'configure', note: readersNote(readers) || chartNote(before, after) }];
}

/** Who sees a change of a ConfigMap or a Secret, and when. */
function readersNote({ atStart, mounted }: Readers): string {
  const notes = [
    ...(mounted.length === 0 ? [] : [`${mounted.join(', ')} sees it within a minute`]),
    ...(atStart.length === 0 ? [] : [`${atStart.join(', ')} keeps the old values until it starts again`]),
  ];
  return notes.join('; ');
}

function isMetadata(fields: readonly FieldChange[]): boolean {
  return fields.every(({ path }) => /^metadata\.(labels|annotations)\b/.test(path));
}

function podEffects(after: KubeObject, fields: readonly FieldChange[]): Effect[] {
  const replicas = fields.find(({ path }) => path === 'spec.replicas');
  const scaled: Effect[] =
    replicas === undefined
      ? []
      : [{ consequence: 'scale', note: `${wordAt(replicas.before)} -> ${wordAt(replicas.after)} pods` }];
  const template = fields.filter(({ path }) => path.startsWith('spec.template.'));
  if (WORKLOADS.has(after.kind) && template.length > 0)
    return [...scaled, { consequence: 'restart', note: restartNote(after) }];
  const operated = fields.some(({ path }) => path.startsWith('spec.') && path !== 'spec.replicas');
  if (OPERATED.has(after.kind) && operated)
    return [...scaled, { consequence: 'restart', note: 'its operator makes its pods anew' }];
  return scaled;
}

function restartNote(object: KubeObject): string {
  const count = podsOf(object);
  // The old pod ends before the new one starts: with one of them, nobody answers in between.
  const single = Number(field(object, 'spec', 'replicas') ?? 1) === 1;
  const down =
    object.kind === 'StatefulSet' ? single : textAt(object, 'spec', 'strategy', 'type') === 'Recreate';
  return object.kind !== 'DaemonSet' && down ? `${count}, and it is down meanwhile` : count;
}

function podsOf(object: KubeObject): string {
  if (object.kind === 'DaemonSet') return 'a pod on each node';
  const replicas = Number(field(object, 'spec', 'replicas') ?? 1);
  return `${replicas} pod${replicas === 1 ? '' : 's'}`;
}

function storageEffects(before: KubeObject, after: KubeObject): Effect[] {
  if (after.kind !== 'PersistentVolumeClaim' && after.kind !== 'StorageClass') return [];
  const [old, now] = [sizeOf(before), sizeOf(after)];
  if (old === now)
    return after.kind === 'StorageClass'
      ? [{ consequence: 'storage', note: 'for volumes that are made from now on' }]
      : [];
  return quantity(now) > quantity(old)
    ? [{ consequence: 'storage', note: `grows from ${old} to ${now}` }]
    : [
        {
          consequence: 'storage',
          note: `a volume cannot shrink from ${old} to ${now}: the API server refuses it`,
        },
      ];
}

const CLAIM_SIZE = /^spec\.volumeClaimTemplates\[(.*)\]\.spec\.resources\.requests\.storage$/;

/** A StatefulSet makes its claims once: those that are there keep their size, whatever the template says. */
function claimEffects(fields: readonly FieldChange[]): Effect[] {
  return fields.flatMap(({ path, before, after }): Effect[] => {
    const claim = CLAIM_SIZE.exec(path)?.[1];
    if (claim === undefined) return [];
    const sizes = `${wordAt(before) || 'nothing'} -> ${wordAt(after) || 'nothing'}`;
    return [
      {
        consequence: 'storage',
        note: `claim ${claim}: ${sizes}, and the volumes that are there keep their size`,
      },
    ];
  });
}

function sizeOf(object: KubeObject): string {
  return wordAt(object, 'spec', 'resources', 'requests', 'storage');
}

/** What a release's change of version says; its objects are compared by themselves. */
function chartNote(before: KubeObject, after: KubeObject): string {
  const [old, now] = [before, after].map((object) => textAt(object, 'spec', 'chart', 'spec', 'version'));
  return old !== undefined && now !== undefined && old !== now ? `chart ${old} -> ${now}` : '';
}
