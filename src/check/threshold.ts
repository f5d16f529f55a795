import { type Finding, type Homelab, SEVERITIES, type Severity } from '../model/index.ts';

/**
 * Whether a finding fails a check: by what is asked for, else by what its cluster's environment is told in the
 * definition. What belongs to no cluster counts as the strictest of them.
 */
export function fails(finding: Finding, homelab: Homelab | undefined, asked?: Severity): boolean {
  return rank(finding.severity) <= rank(asked ?? thresholdOf(finding, homelab));
}

function thresholdOf({ at }: Finding, homelab: Homelab | undefined): Severity {
  if (homelab === undefined) return 'error';
  const [root, index] = at;
  const cluster = root === 'clusters' ? homelab.clusters[Number(index)] : undefined;
  if (cluster !== undefined) return homelab.failOn[cluster.environment] ?? 'error';
  const all = Object.values(homelab.failOn);
  return SEVERITIES[Math.max(0, ...all.map(rank))] ?? 'error';
}

/** From the worst. */
function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
