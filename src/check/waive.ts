import type { Finding, Homelab } from '../model/index.ts';

/** A finding that somebody lives with for now is information, and says who and until when. */
export function waived(finding: Finding, { waivers, clusters }: Homelab, today: string): Finding {
  const [root, index] = finding.at;
  const cluster = root === 'clusters' ? clusters[Number(index)]?.name : undefined;
  const waiver = waivers.find(
    (other) =>
      other.rule === finding.rule &&
      other.until >= today &&
      (other.cluster === undefined || other.cluster === cluster),
  );
  if (waiver === undefined) return finding;
  const { owner, until, reason } = waiver;
  return {
    ...finding,
    severity: 'info',
    waived: true,
    message: `${finding.message} (waived by ${owner} until ${until}: ${reason})`,
  };
}
