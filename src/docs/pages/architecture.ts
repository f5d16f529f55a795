import type { ClusterPlan } from '../../compile/index.ts';
import { osName } from '../../model/index.ts';
import { blocks, list, mermaid, table } from '../markdown.ts';
import { partOf, perCluster, placeOf, type Subject } from '../subject.ts';
import { capacitySettings } from './capacity.ts';
import { environmentDiagram, environmentSettings } from './environments.ts';
import { gitopsDiagram, gitopsFacts } from './gitops.ts';
import { nodeTable } from './hardware.ts';
import { monitoringDiagram, monitoringFacts } from './monitoring.ts';
import { networkFacts, way } from './network.ts';
import { securityDiagram, securityFacts } from './security.ts';
import { classTable, storageDiagram, storageFacts } from './storage.ts';

/** The whole on one page; the others say more of each part. */
export function architecturePage(subject: Subject): string {
  const { homelab, plans } = subject;
  return blocks(
    '# Cluster architecture',
    `${homelab.name}: ${plans.length} cluster${plans.length === 1 ? '' : 's'}, ${plans.reduce((sum, { cluster }) => sum + cluster.nodes.length, 0)} nodes, from one definition. This page is compiled from it; change the definition, not the page.`,
    '## Overview',
    overview(subject),
    '## Components',
    '### Control plane',
    controlPlane(plans),
    '### Worker nodes',
    workers(plans),
    '#### Hardware specifications',
    nodeTable(subject),
    '### Networking',
    perCluster(plans, '####', (plan) => blocks(way(plan), networkFacts(plan)).trim()),
    'More: [network](network.md)',
    '### Storage',
    perCluster(plans, '####', (plan) =>
      blocks(storageDiagram(plan), storageFacts(plan), classTable(plan)).trim(),
    ),
    'More: [storage](storage.md)',
    '### Security and compliance',
    perCluster(plans, '####', (plan) => blocks(securityDiagram(plan), securityFacts(plan)).trim()),
    'More: [security](security.md)',
    '### Monitoring and logging',
    perCluster(plans, '####', (plan) => blocks(monitoringDiagram(plan), monitoringFacts(plan)).trim()),
    'More, and every alert with what to do: [monitoring](monitoring.md)',
    '## Automation',
    '### GitOps with Flux',
    gitopsDiagram(subject),
    gitopsFacts(subject),
    'More: [GitOps](gitops.md)',
    '## Deployment environments',
    environmentDiagram(subject),
    environmentSettings(subject),
    'More: [environments](environments.md)',
    '## Performance',
    '### Resource optimization',
    optimization(subject),
    '### Capacity planning',
    capacitySettings(subject, '####'),
    'More: [capacity and power](capacity.md)',
    '## Hardware',
    'What stands where, what it draws and costs: [hardware](hardware.md)',
    '---',
    'How it is now: [cluster status](operations/cluster-status.md). When something is lost: [disaster recovery](operations/disaster-recovery.md). Newer versions: [upgrades](operations/upgrades.md).',
  );
}

function overview({ plans }: Subject): string {
  const names = (all: readonly string[]) =>
    all
      .filter((name) => plans.some((plan) => partOf(plan, name) !== undefined))
      .map((name) => ({ id: name, label: name }));
  const nodes = plans.flatMap(({ cluster }) => cluster.nodes.map((node) => `${cluster.name}/${node.name}`));
  return mermaid({
    direction: 'TB',
    groups: [
      ...plans.map(({ cluster }) => ({
        title: `${cluster.name} (${cluster.environment})`,
        boxes: cluster.nodes.map(({ name, machine, controlPlane, worker }) => ({
          id: `${cluster.name}/${name}`,
          label: `${name}, ${machine.model} in ${placeOf(machine)}: ${[controlPlane ? 'control plane' : '', worker ? 'worker' : ''].filter((role) => role !== '').join(' and ')}`,
        })),
      })),
      { title: 'Infrastructure services', boxes: names(['metallb', 'traefik', 'longhorn', 'cert-manager']) },
      { title: 'Observability', boxes: names(['kube-prometheus-stack', 'loki']) },
      { title: 'Security', boxes: names(['trivy-operator', 'polaris']) },
    ],
    arrows: [
      ...nodes.map((node): [string, string] => [node, 'metallb']),
      ['metallb', 'traefik'],
      ['traefik', 'longhorn'],
      ['traefik', 'cert-manager'],
      ['trivy-operator', 'kube-prometheus-stack'],
      ['polaris', 'kube-prometheus-stack'],
    ],
  });
}

function controlPlane(plans: readonly ClusterPlan[]): string {
  return blocks(
    table(
      ['Cluster', 'API server', 'Runs on', 'If one is lost'],
      plans.map(({ cluster }) => {
        const planes = cluster.nodes.filter(({ controlPlane }) => controlPlane);
        return [
          cluster.name,
          `${cluster.controlPlaneAddress}:6443, Kubernetes ${cluster.kubernetes}`,
          planes.map(({ name }) => name).join(', '),
          planes.length > 2 ? 'the others go on' : 'nothing can be changed until it is back; pods go on',
        ];
      }),
    ),
    list([
      '**API server**: every change of the cluster goes through it',
      '**Scheduler**: finds a node for each pod, by what it asks for and what is left',
      '**Controller manager**: makes what is like what was asked for, and again when it is not',
      '**etcd**: keeps the state of the cluster',
    ]),
  ).trim();
}

function workers(plans: readonly ClusterPlan[]): string {
  const talos = plans.some(({ cluster }) => cluster.os.kind === 'talos');
  return list([
    '**kubelet**: runs the pods of its node and says how it is',
    '**kube-proxy**: leads the addresses of Services to pods',
    `**containerd**: runs containers, for ${[...new Set(plans.flatMap(({ cluster }) => cluster.nodes.map(({ machine }) => machine.arch)))].join(' and ')}${talos ? '; on Talos it is part of an image that cannot be changed' : ''}`,
    ...plans.map(
      (plan) =>
        `${plan.cluster.name}: ${plan.cluster.nodes
          .filter(({ worker }) => worker)
          .map(({ name }) => name)
          .join(', ')} with ${osName(plan.cluster.os)}`,
    ),
  ]);
}

function optimization({ plans }: Subject): string {
  const cards = plans.flatMap(({ cluster }) =>
    cluster.nodes.filter(({ machine }) => machine.disks.some(({ kind }) => kind === 'micro-sd')),
  );
  const only = plans.flatMap(({ cluster }) => [...new Set(cluster.nodes.map(({ machine }) => machine.arch))]);
  return list([
    '**CPU limits** on every container: the boards are passively cooled, and one busy pod must not throttle its neighbours',
    '**Memory** requests and limits on every container; `homeplane check` holds them against what nodes can give',
    `**SD cards**: ${cards.length === 0 ? 'none are used' : `volumes, logs and metrics of ${cards.map(({ name }) => name).join(', ')} lie on ${cards.map(({ machine }) => machine.dataDisk.kind).join(', ')}, not on the card`}`,
    `**Scheduling**: ${plans.map(({ cluster }) => `${cluster.name} ${cluster.policy.scheduling === 'pack' ? 'fills few nodes, to save power' : 'spreads over all nodes'}`).join('; ')}`,
    `**Images** for ${[...new Set(only)].join(' and ')}: \`homeplane images --verify\` asks the registries, and CI refuses an image that is not published for the nodes`,
  ]);
}
