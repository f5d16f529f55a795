import { type ClusterPlan, compareClusters } from '../../compile/index.ts';
import { osName } from '../../model/index.ts';
import { unique } from '../../util/index.ts';
import { blocks, mermaid, table, yaml } from '../markdown.ts';
import { partOf, type Subject } from '../subject.ts';

/** Where things are tried, where they count, and how they get from one to the other. */
export function environmentsPage(subject: Subject): string {
  const { plans } = subject;
  const [left, right] = [of(plans, 'staging'), of(plans, 'production')];
  return blocks(
    '# Environments',
    environmentDiagram(subject),
    environmentSettings(subject),
    ...(left === undefined || right === undefined
      ? []
      : [
          '## In what they differ',
          `\`homeplane compare ${left.cluster.name} ${right.cluster.name}\` shows every value; these are the policies and versions.`,
          table(
            ['What', left.cluster.name, right.cluster.name],
            compareClusters(left, right)
              .filter(
                ({ path }) => path.startsWith('policy.') || path.endsWith('.chart') || path === 'component',
              )
              .map(({ subject: what, path, left: a = 'none', right: b = 'none' }) => [
                `${what} ${path}`,
                a,
                b,
              ]),
          ),
        ]),
  );
}

function of(plans: readonly ClusterPlan[], environment: string): ClusterPlan | undefined {
  return plans.find(({ cluster }) => cluster.environment === environment);
}

export function environmentDiagram({ plans }: Subject): string {
  const box = (environment: string) => {
    const names = plans
      .filter(({ cluster }) => cluster.environment === environment)
      .map(({ cluster }) => cluster.name);
    return names.length === 0 ? [] : [{ id: environment, label: `${environment}: ${names.join(', ')}` }];
  };
  return mermaid({
    direction: 'LR',
    groups: [
      {
        title: 'Development flow',
        boxes: [
          { id: 'twin', label: 'Development: the twin on a laptop' },
          ...box('development'),
          ...box('staging'),
          ...box('production'),
        ],
      },
    ],
    arrows: [
      ['twin', 'development'],
      ['twin', 'staging'],
      ['development', 'staging'],
      ['staging', 'production', 'manual promotion'],
      ['staging', 'staging', 'automatic updates'],
      ['production', 'production', 'tested updates'],
    ],
  });
}

/** The settings of each environment. */
export function environmentSettings({ plans }: Subject): string {
  return plans
    .map((plan) => {
      const { cluster, exports, components } = plan;
      const boards = unique(cluster.nodes.map(({ machine }) => machine.model)).join(', ');
      const objectives = components.flatMap(({ contribution }) => contribution.objectives ?? []).length;
      return blocks(
        `### ${cluster.name}`,
        yaml({
          Environment: cluster.environment,
          Platform: `${boards} + ${osName(plan.cluster.os)}, Kubernetes ${cluster.kubernetes}`,
          Purpose:
            cluster.environment === 'production'
              ? 'production workloads, stable services'
              : 'development, testing, validation',
          Updates:
            exports.gitops?.imageAutomation === true
              ? 'automatic: newer images and merged charts'
              : 'conservative: what a person has merged',
          Monitoring:
            partOf(plan, 'kube-prometheus-stack') === undefined
              ? 'none'
              : cluster.policy.objectives
                ? `full stack, with ${objectives} service level objectives`
                : 'full stack',
          Security: cluster.policy.hardened ? 'production hardening' : 'development policies',
          Certificates: cluster.policy.trustedCertificates
            ? 'trusted by browsers'
            : 'from the staging endpoint of the authority',
          Scheduling:
            cluster.policy.scheduling === 'pack' ? 'on few nodes, to save power' : 'spread over all nodes',
          Domain: `"*.${cluster.domain}"`,
        }),
      ).trim();
    })
    .join('\n\n');
}
