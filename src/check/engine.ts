import { missingExports, planCluster } from '../compile/index.ts';
import { type Finding, type Homelab, positionAt } from '../model/index.ts';
import { sortBy } from '../util/index.ts';
import type { Rule, Subject } from './rule.ts';
import { RULES } from './rules/index.ts';
import { waived } from './waive.ts';

/**
 * Runs every rule; findings come in the order of their place in the definition's file. What is waived is information.
 * @param today `YYYY-MM-DD`.
 */
export function check(homelab: Homelab, today: string, rules: readonly Rule[] = RULES): Finding[] {
  const plannable = homelab.clusters.filter((cluster) => missingExports(cluster).length === 0);
  const plans = plannable.map((cluster) => planCluster(homelab, cluster));
  const subject: Subject = { homelab, plans, today };
  const findings = rules.flatMap((rule) =>
    [...rule.find(subject)].map(
      ({ at, message, remedy }): Finding => ({
        rule: rule.id,
        severity: rule.severity,
        message,
        why: rule.why,
        remedy: remedy ?? rule.remedy,
        at,
        position: positionAt(homelab.definition, at),
      }),
    ),
  );
  const judged = findings.map((finding) => waived(finding, homelab, today));
  return sortBy(judged, ({ position, rule }) => {
    const place = position === undefined ? '' : `${position.file}:${String(position.line).padStart(6, '0')}`;
    return `${place}:${rule}`;
  });
}
