import { type ClusterPlan, contributedRoutes } from '../../compile/index.ts';
import { listAt } from '../../kube/index.ts';
import { osName } from '../../model/index.ts';
import { livePath } from '../live.ts';
import { blocks, list, shell, table } from '../markdown.ts';
import { placeOf, type Subject } from '../subject.ts';

/** What to do when something is lost, with this homelab's own names. */
export function disasterRecoveryPage({ homelab, plans }: Subject): string {
  return blocks(
    '# Disaster recovery',
    'What cannot be had again from Git: the age keys, the machine secrets of Talos, and what is in volumes. Keep the first two where the homelab is not.',
    list([
      `Git: ${homelab.git.url}, branch \`${homelab.git.branch}\``,
      ...plans.map((plan) => `key of ${plan.cluster.name}: \`${keyFile(plan)}\``),
    ]),
    ...plans.map((plan) =>
      blocks(`## ${plan.cluster.name}`, nodeLost(plan), clusterLost(plan), volumeLost(plan)).trim(),
    ),
  );
}

/** Where the key that opens a cluster's Secrets is, as a shell writes it. */
function keyFile({ homelab, cluster }: ClusterPlan): string {
  return `\${XDG_CONFIG_HOME:-$HOME/.config}/homeplane/keys/${homelab.name}/${cluster.name}.agekey`;
}

function nodeLost(plan: ClusterPlan): string {
  const { cluster } = plan;
  return blocks(
    '### A node is lost',
    list(
      cluster.nodes.map(({ name, machine, controlPlane }) =>
        cluster.nodes.length === 1
          ? `${name} (${placeOf(machine)}): it is the whole cluster, see below`
          : controlPlane && cluster.nodes.filter((node) => node.controlPlane).length === 1
            ? `${name} (${placeOf(machine)}): it has the only etcd: pods go on, nothing can be changed until it is back or the cluster is made anew`
            : `${name} (${placeOf(machine)}): its pods move after five minutes; volumes rebuild their replicas`,
      ),
    ),
    'When its hardware is replaced, it is set up again as `machines/' +
      cluster.name +
      '/README.md` says, and takes its old place:',
    shell(
      `kubectl delete node ${cluster.nodes.at(-1)?.name ?? ''}`,
      `homeplane status ${cluster.name} --kubeconfig <file> --watch`,
    ),
  ).trim();
}

function clusterLost(plan: ClusterPlan): string {
  const { homelab, cluster, exports } = plan;
  const { decryptionSecret = 'sops-age', gitSecret } = exports.gitops ?? {};
  return blocks(
    '### The cluster is lost',
    list([
      `Set up the machines as \`machines/${cluster.name}/README.md\` says: ${cluster.nodes.map(({ name, address }) => `${name} at ${address}`).join(', ')}.`,
      'Install Flux, give it the key that opens the Secrets in Git, and show it the repository; it brings back everything else by itself.',
      'Restore volumes from their backups before the apps start: suspend them first.',
    ]),
    shell(
      'flux install',
      `kubectl -n flux-system create secret generic ${decryptionSecret} --from-file=age.agekey="${keyFile(plan)}"`,
      ...(gitSecret === undefined
        ? []
        : [
            `flux create secret git ${gitSecret} --url=${homelab.git.url} --username=git --password="$GIT_TOKEN"`,
          ]),
      `kubectl apply -f clusters/${cluster.name}/flux-system/sync.yaml`,
      `homeplane status ${cluster.name} --kubeconfig <file> --watch`,
    ),
  ).trim();
}

function volumeLost(plan: ClusterPlan): string {
  const { exports, cluster } = plan;
  if (exports.storage === undefined) return '';
  const stateful = plan.components
    .filter(({ contribution }) =>
      (contribution.objects ?? []).some(
        (object) =>
          listAt(object, 'spec', 'volumeClaimTemplates').length > 0 ||
          object.kind === 'PersistentVolumeClaim',
      ),
    )
    .map(({ component }) => component.name);
  return blocks(
    '### A volume is lost',
    exports.storage.backedUp
      ? `Longhorn restores it from the last backup: https://longhorn.${cluster.domain}, Backup, then Restore with the claim's own name. What lost nothing goes on meanwhile.`
      : 'This cluster has no backup target: what was in it is gone. `longhorn({ backup: { target } })` would have kept it.',
    stateful.length === 0
      ? undefined
      : `Apps with volumes: ${stateful.join(', ')}. Each is stopped while its volume is restored:`,
    stateful.length === 0
      ? undefined
      : shell(
          ...stateful.flatMap((name) => [
            `flux suspend kustomization ${name} && kubectl -n ${name} scale statefulset --all --replicas=0`,
            `flux resume kustomization ${name}`,
          ]),
        ),
  ).trim();
}

/** How versions go up, with this homelab's own nodes. */
export function upgradesPage({ plans }: Subject): string {
  return blocks(
    '# Upgrades',
    'A chart or an image goes up by a pull request of Renovate: read what it does to the clusters, merge, watch. The operating system and Kubernetes go up node by node.',
    ...plans.map((plan) =>
      blocks(
        `## ${plan.cluster.name}`,
        versions(plan),
        plan.cluster.os.kind === 'talos' ? talosUpgrade(plan) : ubuntuUpgrade(plan),
      ).trim(),
    ),
  );
}

function versions(plan: ClusterPlan): string {
  return table(
    ['What', 'Version'],
    [
      ['operating system', osName(plan.cluster.os)],
      ['Kubernetes', plan.cluster.kubernetes],
      ...plan.components.flatMap(({ contribution }) =>
        contribution.releases.map(({ chart }) => [`chart ${chart.name}`, chart.version]),
      ),
    ],
  );
}

function talosUpgrade({ cluster }: ClusterPlan): string {
  const { nodes, kubernetes, os } = cluster;
  const [first] = nodes.filter(({ controlPlane }) => controlPlane);
  const version = os.kind === 'talos' ? os.version : '';
  return blocks(
    `Talos first, then Kubernetes. The installer image is that of the node's schematic, as its \`talos-patch.yaml\` has it: with the plain one the board's overlay and the extensions are gone. Change \`talos({ version: '${version}' })\`, run \`homeplane build\`, then one node after the other, workers first:`,
    shell(
      ...[...nodes.filter((node) => !node.controlPlane), ...nodes.filter((node) => node.controlPlane)].map(
        ({ name, address }) =>
          `talosctl upgrade --nodes ${address} --image "$(yq '.machine.install.image' machines/${cluster.name}/${name}/talos-patch.yaml)" # ${name}`,
      ),
    ),
    `Then change \`kubernetes: '${kubernetes}'\`, at most one minor version at a time:`,
    shell(`talosctl upgrade-k8s --nodes ${first?.address ?? cluster.controlPlaneAddress} --to ${kubernetes}`),
  ).trim();
}

function ubuntuUpgrade({ cluster }: ClusterPlan): string {
  const { nodes, kubernetes } = cluster;
  const [first, ...others] = [
    ...nodes.filter((node) => node.controlPlane),
    ...nodes.filter((node) => !node.controlPlane),
  ];
  const step = (name: string, address: string, command: string) => [
    ...(nodes.length === 1 ? [] : [`kubectl drain ${name} --ignore-daemonsets --delete-emptydir-data`]),
    `ssh ${address} 'sudo apt-mark unhold kubeadm kubelet && sudo apt-get update && sudo apt-get install -y kubeadm=${kubernetes}-* && sudo ${command} && sudo apt-get install -y kubelet=${kubernetes}-* && sudo apt-mark hold kubeadm kubelet && sudo systemctl restart kubelet'`,
    ...(nodes.length === 1 ? [] : [`kubectl uncordon ${name}`]),
  ];
  return blocks(
    `Change \`kubernetes: '${kubernetes}'\`, at most one minor version at a time, run \`homeplane build\`, then node by node:`,
    shell(
      ...(first === undefined
        ? []
        : step(first.name, first.address, `kubeadm upgrade apply -y v${kubernetes}`)),
      ...others.flatMap(({ name, address }) => step(name, address, 'kubeadm upgrade node')),
    ),
  ).trim();
}

/** Where to see how the clusters are now. */
export function clusterStatusPage({ plans }: Subject): string {
  return blocks(
    '# Cluster status',
    'Live, in a browser (without `--serve` in a terminal):',
    shell(...plans.map(({ cluster }) => `homeplane status ${cluster.name} --kubeconfig <file> --serve`)),
    'What a cluster said when it was last asked is in a page beside this one, with the time:',
    table(
      ['Cluster', 'Page', 'Written by'],
      plans.map(({ cluster: { name } }) => [
        name,
        `\`${livePath(name)}\``,
        `\`homeplane docs --live ${name} --kubeconfig <file>\``,
      ]),
    ),
    ...plans.map((plan) => pagesOf(plan)),
  );
}

function pagesOf({ cluster, components }: ClusterPlan): string {
  const routes = components.flatMap(({ contribution }) => contributedRoutes(contribution));
  if (routes.length === 0) return '';
  return blocks(`## Pages of ${cluster.name}`, list(routes.map(({ host }) => `https://${host}`))).trim();
}
