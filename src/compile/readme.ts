import type { Homelab } from '../model/index.ts';
import { toKubernetesMemory } from '../model/index.ts';
import { dnsRecords } from './dns.ts';
import { ENCRYPTION_FILE } from './machines/kubeadm.ts';
import type { ClusterPlan } from './plan.ts';

/** `README.md` of the tree: what is where, and the secrets that the user must bring. */
export function readme(homelab: Homelab, plans: readonly ClusterPlan[]): string {
  return `# ${homelab.name}

Compiled by homeplane from \`homelab.ts\`. Everything here is plain Flux and can be used without homeplane.

${plans.map(section).join('\n')}`;
}

function section(plan: ClusterPlan): string {
  const { cluster } = plan;
  const os = cluster.os.kind === 'talos' ? `Talos ${cluster.os.version}` : `Ubuntu ${cluster.os.release}`;
  const nodes = cluster.nodes.map(
    ({ name, address, controlPlane, machine, zone }) =>
      `| ${name} | ${address} | ${controlPlane ? 'control plane' : 'worker'} | ${machine.model}, ${machine.cores} cores, ${toKubernetesMemory(machine.memory)} | ${zone} |`,
  );
  const secrets = plan.components.flatMap(({ contribution }) =>
    (contribution.secrets ?? []).map(
      ({ namespace, name, keys, why }) =>
        `| \`${namespace}/${name}\` | ${Object.keys(keys)
          .map((key) => `\`${key}\``)
          .join(', ')} | ${why} |`,
    ),
  );
  if (cluster.os.kind === 'ubuntu' && cluster.policy.hardened) {
    secrets.push(
      `| \`${ENCRYPTION_FILE}\` on the control planes | an EncryptionConfiguration | Secrets are encrypted with its key in etcd. |`,
    );
  }
  const components = plan.components.map(
    ({ component, contribution }) =>
      `| ${component.name} | ${contribution.releases.map(({ chart }) => `${chart.name} ${chart.version}`).join(', ') || 'part of the operating system'} | ${component.summary} |`,
  );
  const records = dnsRecords(plan).map(
    ({ name, type, value, where }) => `| \`${name}\` | ${type} | ${value} | ${where} |`,
  );
  return `## ${cluster.name}

${os}, Kubernetes ${cluster.kubernetes}, API server at ${cluster.controlPlaneAddress}, \`*.${cluster.domain}\`, load-balancer addresses ${cluster.pool.text}.

| node | address | role | hardware | zone |
|---|---|---|---|---|
${nodes.join('\n')}

| component | chart | what it does |
|---|---|---|
${components.join('\n')}

DNS records. In the LAN your router or its name server has them (split horizon); public ones are written by external-dns where the cluster has it, else by you:

| record | type | value | where |
|---|---|---|---|
${records.join('\n')}

Secrets to provide, encrypted (\`homeplane secrets\`); their values are never in the clear in this tree:

| secret | keys | what for |
|---|---|---|
${secrets.join('\n')}
`;
}
