import type { Node } from '../../model/index.ts';
import { unique } from '../../util/index.ts';
import type { ClusterPlan } from '../plan.ts';
import { hostNeeds } from './host-needs.ts';

/** `machines/<cluster>/README.md`: the commands that the files beside it are for, with this cluster's own names. */
export function machineCommands(plan: ClusterPlan): string {
  const { cluster } = plan;
  const { name, kubernetes, nodes, controlPlaneAddress } = cluster;
  const { files } = hostNeeds(plan.components.map(({ contribution }) => contribution));
  const secrets = files.flatMap(({ secret }) => secret ?? []);
  const services = unique(files.flatMap(({ talos }) => talos?.service ?? []));
  const head = `# Machines of ${name}\n\nNo secret is in these files. What \`talosctl\` and \`kubeadm\` generate from them has some: keep it out of Git.\n`;
  const variables = secrets.map(({ variable }) => `$${variable}`).join(' ');
  const fill = (from: string, to: string) => `(umask 077; envsubst '${variables}' < ${from} > ${to})\n`;
  const secretsStep =
    secrets.length === 0
      ? ''
      : `
What the machines must know of the cluster's secrets is put in on the way, from \`${plan.homelab.name}\`'s own encrypted files:

\`\`\`sh
export SOPS_AGE_KEY_FILE="\${XDG_CONFIG_HOME:-$HOME/.config}/homeplane/keys/${plan.homelab.name}/${name}.agekey"
${secrets.map((secret) => `export ${secret.variable}="$(sops decrypt --extract '["stringData"]["${secret.key}"]' ../../secrets/${name}/${secret.namespace}/${secret.name}.yaml)"`).join('\n')}
\`\`\`
`;
  const [first] = nodes.filter(({ controlPlane }) => controlPlane);
  if (cluster.os.kind === 'talos') {
    const config = (node: Node) =>
      `${services.map((service) => fill(`${node.name}/${service}.yaml`, `${node.name}-${service}.yaml`)).join('')}talosctl gen config ${name} https://${controlPlaneAddress}:6443 --with-secrets secrets.yaml \\
  --kubernetes-version ${kubernetes} --config-patch @${node.name}/talos-patch.yaml${services.map((service) => ` --config-patch @${node.name}-${service}.yaml`).join('')} \\
  --output-types ${node.controlPlane ? 'controlplane' : 'worker'} --output ${node.name}.yaml
talosctl apply-config --insecure --nodes ${node.address} --file ${node.name}.yaml`;
    return `${head}
Each board boots the image of its \`schematic.yaml\` (factory.talos.dev). Once:

\`\`\`sh
talosctl gen secrets --output-file secrets.yaml
talosctl gen config ${name} https://${controlPlaneAddress}:6443 --with-secrets secrets.yaml --output-types talosconfig --output talosconfig
\`\`\`
${secretsStep}
For each machine:

\`\`\`sh
${nodes.map(config).join('\n\n')}
\`\`\`

Then, once:

\`\`\`sh
talosctl --talosconfig talosconfig bootstrap --nodes ${first?.address ?? controlPlaneAddress} --endpoints ${first?.address ?? controlPlaneAddress}
talosctl --talosconfig talosconfig kubeconfig --nodes ${first?.address ?? controlPlaneAddress} --endpoints ${first?.address ?? controlPlaneAddress}
\`\`\`

An upgrade names the installer image of the schematic, which is in the patch: with the plain one the board's overlay and the extensions are gone.
`;
  }
  const others = nodes.filter((node) => node !== first).map(({ name: node }) => node);
  return `${head}
Each board boots Ubuntu ${cluster.os.release} with its \`cloud-init.yaml\` as user-data and its \`network-config.yaml\` beside it; both install what Kubernetes ${kubernetes} needs.
${secretsStep}${secrets.length === 0 ? '' : `\n\`\`\`sh\n${nodes.map((node) => fill(`${node.name}/cloud-init.yaml`, `${node.name}-user-data.yaml`)).join('')}\`\`\`\n`}
On ${first?.name ?? 'the control plane'}:

\`\`\`sh
kubeadm init --config kubeadm.yaml --upload-certs
\`\`\`
${others.length === 0 ? '' : `\nThen on ${others.join(', ')}, with the discovery file of the first in /etc/kubernetes/discovery.conf:\n\n\`\`\`sh\nkubeadm join --config kubeadm.yaml\n\`\`\`\n`}`;
}
