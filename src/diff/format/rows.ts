import { wordAt } from '../../kube/index.ts';
import { groupBy } from '../../util/index.ts';
import type { ObjectChange } from '../compare.ts';
import { CONSEQUENCES, type Consequence } from '../consequence.ts';
import type { FieldChange } from '../fields.ts';

const ORDER = Object.keys(CONSEQUENCES) as Consequence[];

/** Changes by the gravest thing that each does, from the gravest. */
export function byConsequence(
  changes: readonly ObjectChange[],
): (readonly [Consequence, readonly ObjectChange[]])[] {
  const groups = groupBy(changes, gravest);
  return ORDER.flatMap((consequence) => {
    const group = groups.get(consequence);
    return group === undefined ? [] : [[consequence, group] as const];
  });
}

function gravest({ effects }: ObjectChange): Consequence {
  const found = new Set(effects.map(({ consequence }) => consequence));
  return ORDER.find((consequence) => found.has(consequence)) ?? 'configure';
}

/** What a change does, as one line; the heading that it stands under is not said again. */
export function notesOf({ effects, action }: ObjectChange, heading: Consequence): string {
  const notes = effects.flatMap(({ consequence, note }) => {
    if (consequence === heading) return note === '' ? [] : [note];
    return [note === '' ? CONSEQUENCES[consequence] : `${CONSEQUENCES[consequence]}: ${note}`];
  });
  const verb = action === 'change' || action === heading ? '' : `${action}d`;
  return [verb, ...notes].filter((text) => text !== '').join(', ');
}

const LONGEST = 80;

export function fieldLine({ path, before, after }: FieldChange): string {
  return `${path}: ${valueText(before)} -> ${valueText(after)}`;
}

function valueText(value: unknown): string {
  if (value === undefined) return '(none)';
  const text = typeof value === 'object' ? JSON.stringify(value) : wordAt(value);
  const line = text.replace(/\s+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line;
}
