import { textAt } from '../../../kube/index.ts';
import { conditionOf } from '../../../observe/index.ts';
import type { Facts } from '../facts.ts';
import type { ItemOf } from '../item.ts';
import type { ClusterView } from './view.ts';

/** What one cluster has that the next has not yet, and since when it runs well there. */
export function aheadItems(
  { ahead }: Facts,
  views: ReadonlyMap<string, ClusterView>,
): ItemOf<'difference'>[] {
  return ahead.map(({ from, to, subject, what, here, there }) => {
    const since = readySince(views.get(from), subject);
    return {
      type: 'difference',
      from,
      to,
      what: `${subject} ${what}`,
      here,
      there,
      ...(since === undefined ? {} : { healthySince: since }),
    };
  });
}

/** Since when the Kustomization of a component has been ready without a break. */
function readySince(view: ClusterView | undefined, component: string): string | undefined {
  const kustomization = view?.live?.snapshot
    .objects('Kustomization')
    .find(({ metadata }) => metadata.name === component);
  const ready = kustomization && conditionOf(kustomization, 'Ready');
  if (ready?.status !== 'True') return undefined;
  const since = textAt(ready, 'lastTransitionTime');
  return since === undefined ? undefined : new Date(since).toISOString();
}
