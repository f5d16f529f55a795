import { field, type KubeObject, textAt } from '../../../kube/index.ts';
import type { ItemOf } from '../item.ts';
import type { ClusterView } from './view.ts';

/** What trivy-operator has found in the running cluster, one line for each image and each misconfigured workload. */
export function reportItems({ plan: { cluster }, live }: ClusterView): ItemOf<'finding'>[] {
  if (live === undefined) return [];
  const byImage = new Map(
    live.snapshot.objects('VulnerabilityReport').map((report) => [imageOf(report), report]),
  );
  const audits = live.snapshot.objects('ConfigAuditReport');
  return [
    ...[...byImage].flatMap(([image, report]) =>
      finding(cluster.name, report, {
        rule: 'vulnerabilities',
        place: image,
        noun: 'vulnerabilities',
        why: 'Known holes in an image are what attackers look for first.',
        remedy: 'Take a newer image; `homeplane images` lists where it is used.',
      }),
    ),
    ...audits.flatMap((report) =>
      finding(cluster.name, report, {
        rule: 'config audit',
        place: subjectOf(report),
        noun: 'failed checks',
        why: 'Its settings allow more than it needs.',
        remedy: `kubectl -n ${report.metadata.namespace} describe configauditreport ${report.metadata.name}`,
      }),
    ),
  ];
}

interface Text {
  readonly rule: string;
  readonly place: string;
  readonly noun: string;
  readonly why: string;
  readonly remedy: string;
}

function finding(cluster: string, report: KubeObject, { noun, ...text }: Text): ItemOf<'finding'>[] {
  const count = (level: string) => Number(field(report, 'report', 'summary', `${level}Count`) ?? 0);
  const [critical, high] = [count('critical'), count('high')];
  if (critical + high === 0) return [];
  return [
    {
      type: 'finding',
      source: 'trivy',
      severity: critical > 0 ? 'critical' : 'warning',
      cluster,
      message: `${text.place} has ${critical} critical and ${high} high ${noun}`,
      ...text,
      waived: false,
    },
  ];
}

function imageOf(report: KubeObject): string {
  const artifact = field(report, 'report', 'artifact');
  return `${textAt(artifact, 'repository') ?? report.metadata.name}:${textAt(artifact, 'tag') ?? ''}`;
}

function subjectOf({ metadata }: KubeObject): string {
  const label = (name: string) => metadata.labels?.[`trivy-operator.resource.${name}`];
  return `${label('kind') ?? 'object'}/${metadata.namespace ?? ''}/${label('name') ?? metadata.name}`;
}
