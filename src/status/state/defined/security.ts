import { formatPosition } from '../../../model/index.ts';
import type { Facts } from '../facts.ts';
import type { ItemOf } from '../item.ts';

type FindingItem = ItemOf<'finding'>;

/** What check says, and the controls of the benchmarks that are not met. */
export function findingItems({ findings, compliance }: Facts): FindingItem[] {
  const checked = findings.map(
    ({ rule, severity, message, why, remedy, position, tree, waived = false }): FindingItem => {
      const place = position === undefined ? tree : formatPosition(position);
      return {
        type: 'finding',
        source: 'check',
        rule,
        severity,
        message,
        why,
        remedy,
        ...(place === undefined ? {} : { place }),
        waived,
      };
    },
  );
  const controls = compliance
    .filter(({ status }) => status === 'not met' || status === 'partly')
    .map(
      ({ cluster, framework, id, title, status, evidence }): FindingItem => ({
        type: 'finding',
        source: 'compliance',
        rule: `${framework} ${id}`,
        severity: status === 'not met' ? 'warning' : 'info',
        cluster,
        message: `${title}: ${status}`,
        why: evidence,
        remedy: 'homeplane compliance names the files that it is about',
        waived: false,
      }),
    );
  return [...checked, ...controls];
}
