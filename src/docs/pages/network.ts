import {
  type ClusterPlan,
  contributedRoutes,
  dnsRecords,
  endpointText,
  portsText,
} from '../../compile/index.ts';
import { blocks, list, mermaid, table } from '../markdown.ts';
import { objectsOf, partOf, perCluster, type Subject } from '../subject.ts';

/** Addresses, names, the way of a request, and who may talk to whom. */
export function networkPage({ homelab, plans }: Subject): string {
  return blocks(
    '# Network',
    'What is not in a table of flows is denied: every namespace has a policy that lets nothing in or out, and one for each flow.',
    '## Addresses',
    table(
      ['Address', 'Site', 'What'],
      homelab.sites.flatMap(({ name, lan, boards }) => [
        [lan.subnet.text, name, 'the LAN'],
        [lan.gateway, name, 'router'],
        ...boards.flatMap((board) =>
          board.kind === 'carrier' && board.bmc !== undefined
            ? [[board.bmc, name, `board controller of ${board.name}`]]
            : [],
        ),
        ...plans
          .filter(({ cluster }) => cluster.site.name === name)
          .flatMap(({ cluster }) => [
            [cluster.controlPlaneAddress, name, `Kubernetes API of ${cluster.name}`],
            ...cluster.nodes.map((node) => [node.address, name, `node ${node.name} of ${cluster.name}`]),
            [cluster.pool.text, name, `load balancer addresses of ${cluster.name}`],
            [cluster.pods.text, name, `pods of ${cluster.name}`],
            [cluster.services.text, name, `services of ${cluster.name}`],
          ]),
        ...lan.reserved.map((range) => [range.text, name, range.for]),
      ]),
    ),
    '## The way of a request',
    ...plans.map((plan) => `### To ${plan.cluster.name}\n\n${way(plan)}`),
    '## Names',
    perCluster(plans, '###', (plan) =>
      blocks(
        table(
          ['Record', 'Type', 'Value', 'Where'],
          dnsRecords(plan).map(({ name, type, value, where }) => [`\`${name}\``, type, value, where]),
        ),
        table(['Name', 'Answers', 'Reached from'], routes(plan)),
      ).trim(),
    ),
    '## Flows',
    perCluster(plans, '###', (plan) =>
      table(
        ['Of', 'From', 'To', 'Ports', 'Why'],
        plan.components.flatMap(({ component, contribution }) =>
          (contribution.flows ?? []).map((flow) => [
            component.name,
            endpointText(flow.from),
            endpointText(flow.to),
            portsText(flow),
            flow.why,
          ]),
        ),
      ),
    ),
  );
}

/** Internet -> DNS -> router -> load balancer -> ingress -> pods. */
export function way(plan: ClusterPlan): string {
  const { cluster, exports } = plan;
  const metallb = partOf(plan, 'metallb');
  const traefik = partOf(plan, 'traefik');
  const flannel = partOf(plan, 'flannel');
  return mermaid({
    direction: 'LR',
    groups: [
      {
        title: 'External',
        boxes: [
          { id: 'internet', label: 'Internet' },
          { id: 'dns', label: 'Cloudflare DNS' },
        ],
      },
      {
        title: 'Edge',
        boxes: [
          { id: 'router', label: `Router ${cluster.site.lan.gateway}` },
          { id: 'switch', label: `Switch, ${cluster.site.lan.subnet.text}` },
        ],
      },
      {
        title: 'Kubernetes networking',
        boxes: [
          ...(metallb ? [{ id: 'metallb', label: `MetalLB ${cluster.pool.text}` }] : []),
          ...(traefik ? [{ id: 'traefik', label: `Traefik ${exports.ingress?.address ?? ''}` }] : []),
          ...(flannel ? [{ id: 'cni', label: `Flannel ${cluster.pods.text}` }] : []),
        ],
      },
    ],
    arrows: [
      ['internet', 'dns'],
      ['dns', 'router'],
      ['router', 'switch'],
      ['switch', 'metallb'],
      ['metallb', 'traefik'],
      ['traefik', 'cni'],
    ],
  });
}

function routes({ components }: ClusterPlan): string[][] {
  return components
    .flatMap(({ contribution }) => contributedRoutes(contribution))
    .map((route) => [`https://${route.host}`, route.service, route.public ? 'everywhere' : 'the LAN']);
}

/** What MetalLB, Traefik and the policies are set to. */
export function networkFacts(plan: ClusterPlan): string {
  const { cluster, exports } = plan;
  const policies = plan.components.reduce(
    (sum, { contribution }) => sum + (contribution.flows?.length ?? 0),
    0,
  );
  const middlewares = objectsOf(plan, 'Middleware').map(({ metadata }) => metadata.name);
  return list([
    ...(partOf(plan, 'metallb')
      ? [`**MetalLB**: Layer 2 (ARP), pool \`${cluster.pool.text}\`, a speaker on every node`]
      : []),
    ...(partOf(plan, 'traefik')
      ? [
          `**Traefik** at ${exports.ingress?.address}: HTTP is led to HTTPS, TLS ends there with a wildcard certificate for \`*.${cluster.domain}\`, proved by DNS at Cloudflare`,
          `**Middlewares**: ${middlewares.join(', ')}`,
          `**Dashboard**: https://traefik.${cluster.domain}, behind a login`,
        ]
      : []),
    `**NetworkPolicies**: default deny in every namespace; ${policies} named flows are allowed ([network](network.md))`,
    `**PodSecurity**: ${plan.components.flatMap(({ contribution }) => contribution.namespaces).filter(({ needs, enforce }) => (enforce ?? needs) === 'restricted').length} namespaces are \`restricted\`; the others say why in [security](security.md)`,
  ]);
}
