import type { ClusterPlan } from '../../compile/index.ts';
import { unique } from '../../util/index.ts';
import { blocks, list, mermaid, table } from '../markdown.ts';
import { perCluster, type Subject } from '../subject.ts';

/** From a commit to a running pod, and what keeps versions current. */
export function gitopsPage(subject: Subject): string {
  const { homelab, plans } = subject;
  return blocks(
    '# GitOps',
    `The definition is compiled to plain Flux in ${homelab.git.url}, branch \`${homelab.git.branch}\`, folder \`${homelab.git.path}\`. Nothing is applied by hand.`,
    gitopsDiagram(subject),
    gitopsFacts(subject),
    '## What is delivered, in which order',
    perCluster(plans, '###', orderTable),
  );
}

export function gitopsDiagram({ homelab, plans }: Subject): string {
  const layers = unique(
    plans.flatMap(({ components }) => components.map(({ component }) => component.layer)),
  );
  return mermaid({
    direction: 'LR',
    groups: [
      {
        title: 'Source control',
        boxes: [
          { id: 'git', label: `Git repository ${homelab.git.url}` },
          { id: 'renovate', label: 'Renovate Bot' },
        ],
      },
      {
        title: 'GitOps engine',
        boxes: [
          { id: 'flux', label: 'Flux controllers' },
          { id: 'source', label: 'Source Controller' },
          { id: 'kustomize', label: 'Kustomize Controller' },
          { id: 'helm', label: 'Helm Controller' },
          ...(plans.some(({ exports }) => exports.gitops?.imageAutomation)
            ? [{ id: 'image', label: 'Image automation' }]
            : []),
        ],
      },
      { title: 'Cluster state', boxes: layers.map((layer) => ({ id: `layer-${layer}`, label: layer })) },
    ],
    arrows: [
      ['git', 'flux'],
      ['renovate', 'git'],
      ['image', 'git'],
      ['flux', 'source'],
      ['source', 'kustomize'],
      ['source', 'helm'],
      ...layers.map((layer): [string, string] => ['kustomize', `layer-${layer}`]),
      ...layers
        .filter((layer) => layer !== 'apps')
        .map((layer): [string, string] => ['helm', `layer-${layer}`]),
    ],
  });
}

export function gitopsFacts({ plans }: Subject): string {
  const perPlan = plans.map((plan) => {
    const { cluster, exports } = plan;
    const images = plan.components.flatMap(({ contribution }) => contribution.images ?? []);
    const taken =
      exports.gitops?.imageAutomation === true
        ? `takes newer images of ${images.map(({ name, range }) => `${name} (${range})`).join(', ')} by itself`
        : 'takes no image by itself';
    return `**${cluster.name}**: looks for commits every ${cluster.policy.gitInterval}, puts drift right every ${cluster.policy.reconcileInterval}, ${taken}`;
  });
  return list([
    '**Flux** applies the tree with Kustomizations that wait for each other, and installs charts with HelmReleases that are tested and rolled back',
    ...perPlan,
    '**Rights**: Flux applies apps as an account that can only do what apps need',
    '**Renovate** opens a pull request for each newer chart and image, with digests pinned; CI compiles the tree for it, checks that every image is published for the nodes, and says what it does to the clusters',
    '**Health**: a Kustomization is ready when what it applied is; alerts tell when one is not',
  ]);
}

function orderTable(plan: ClusterPlan): string {
  return table(
    ['Component', 'Layer', 'Chart', 'Waits for', 'What it does'],
    plan.components.map(({ component, contribution, after }) => [
      component.name,
      component.layer,
      contribution.releases.map(({ chart }) => `${chart.name} ${chart.version}`).join(', ') || 'none',
      after.join(', '),
      component.summary,
    ]),
  );
}
