import type { Item } from '../compile/index.ts';

/** Whether the component that an object is of has said why the object is as it is. */
export function accepted(rule: string, { object, planned }: Item): boolean {
  return (planned?.contribution.accepts ?? []).some(
    (accept) => accept.rule === rule && accept.objects?.includes(object.metadata.name) !== false,
  );
}
