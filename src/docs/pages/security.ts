import type { ClusterPlan } from '../../compile/index.ts';
import { textAt, wordAt } from '../../kube/index.ts';
import { blocks, list, mermaid, table } from '../markdown.ts';
import { objectsOf, partOf, perCluster, type Subject } from '../subject.ts';

/** Scanning, policies, levels of namespaces, secrets, and what the benchmarks say. */
export function securityPage({ plans, controls }: Subject): string {
  return blocks(
    '# Security',
    '## How it hangs together',
    ...plans.map(
      (plan) => `### In ${plan.cluster.name}\n\n${securityDiagram(plan)}\n\n${securityFacts(plan)}`,
    ),
    '## Pod Security Standards',
    perCluster(plans, '###', namespaceTable),
    '## Who may do what',
    perCluster(plans, '###', rights),
    '## Secrets',
    'Their values are encrypted in Git with SOPS and age, a key for each cluster; `homeplane secrets list` says what is there.',
    perCluster(plans, '###', secretTable),
    '## Compliance',
    perCluster(plans, '###', ({ cluster }) =>
      table(
        ['Benchmark', 'Control', 'Status', 'Evidence'],
        controls
          .filter((control) => control.cluster === cluster.name)
          .map(({ framework, id, title, status, evidence }) => [
            `${framework} ${id}`,
            title,
            status,
            evidence,
          ]),
      ),
    ),
  );
}

export function securityDiagram(plan: ClusterPlan): string {
  const has = (name: string) => partOf(plan, name) !== undefined;
  const trivy = has('trivy-operator');
  return mermaid({
    direction: 'LR',
    groups: [
      {
        title: 'Vulnerability scanning',
        boxes: trivy
          ? [
              { id: 'trivy', label: 'Trivy Operator' },
              { id: 'db', label: 'Vulnerability database' },
            ]
          : [],
      },
      {
        title: 'Policy enforcement',
        boxes: [
          ...(has('polaris') ? [{ id: 'polaris', label: 'Polaris' }] : []),
          { id: 'pss', label: 'Pod Security Standards' },
          { id: 'rbac', label: 'Role-Based Access Control' },
        ],
      },
      {
        title: 'Compliance',
        boxes: [
          { id: 'cis', label: 'CIS Kubernetes Benchmark' },
          { id: 'nsa', label: 'NSA/CISA guidance' },
          { id: 'reports', label: 'Compliance reports' },
        ],
      },
    ],
    arrows: [
      ['trivy', 'db'],
      ['trivy', 'reports'],
      ['polaris', 'pss'],
      ['polaris', 'rbac'],
      ['polaris', 'reports'],
      ['cis', 'reports'],
      ['nsa', 'reports'],
    ],
  });
}

export function securityFacts(plan: ClusterPlan): string {
  const summaryOf = (name: string) => partOf(plan, name)?.component.summary;
  const value = (name: string, ...path: string[]) =>
    wordAt(partOf(plan, name)?.contribution.releases[0]?.values, ...path);
  const scan = value('trivy-operator', 'compliance', 'cron');
  return list([
    ...(summaryOf('trivy-operator') === undefined
      ? []
      : [
          `**Trivy Operator**: ${summaryOf('trivy-operator')}${scan === '' ? '' : ` Compliance reports are made at \`${scan}\`.`} Images are scanned for the architecture of the nodes.`,
        ]),
    ...(summaryOf('polaris') === undefined
      ? []
      : [`**Polaris**: ${summaryOf('polaris')} Dashboard: https://polaris.${plan.cluster.domain}`]),
    '**Pods**: restricted by default: not root, a root file system that cannot be written, no capabilities, the runtime’s seccomp profile',
    `**Machines**: ${plan.cluster.policy.hardened ? 'hardened: the API server writes an audit log, Secrets are encrypted in etcd, kubelets follow the CIS benchmark' : 'defaults of the operating system, for development'}`,
  ]);
}

function namespaceTable({ components }: ClusterPlan): string {
  return table(
    ['Namespace', 'Level', 'Of', 'Why not restricted'],
    components.flatMap(({ component, contribution }) =>
      contribution.namespaces.map(({ name, needs, enforce, reason = '' }) => [
        name,
        enforce ?? needs,
        component.name,
        reason,
      ]),
    ),
  );
}

function rights(plan: ClusterPlan): string {
  const bindings = [...objectsOf(plan, 'ClusterRoleBinding'), ...objectsOf(plan, 'RoleBinding')];
  const rows = bindings.map((object) => {
    const { name, namespace = 'the whole cluster' } = object.metadata;
    return [
      `${textAt(object, 'subjects', 0, 'kind') ?? ''} ${textAt(object, 'subjects', 0, 'name') ?? ''}`,
      `${textAt(object, 'roleRef', 'kind') ?? ''} ${textAt(object, 'roleRef', 'name') ?? ''}`,
      namespace,
      name,
    ];
  });
  return rows.length === 0 ? 'Only what charts bring.' : table(['Who', 'May do', 'In', 'By'], rows);
}

function secretTable({ components }: ClusterPlan): string {
  return table(
    ['Secret', 'Keys', 'What for'],
    components.flatMap(({ contribution }) =>
      (contribution.secrets ?? []).map(({ namespace, name, keys, why }) => [
        `\`${namespace}/${name}\``,
        Object.keys(keys)
          .map((key) => `\`${key}\``)
          .join(', '),
        why,
      ]),
    ),
  );
}
