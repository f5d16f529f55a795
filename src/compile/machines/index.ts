import type { Node } from '../../model/index.ts';
import type { ClusterPlan } from '../plan.ts';
import { cloudInit } from './cloud-init.ts';
import { machineCommands } from './commands.ts';
import { extensionServices } from './extension-service.ts';
import { hostNeeds } from './host-needs.ts';
import { hasVirtualIp, kubeVip } from './kube-vip.ts';
import { kubeadmConfig } from './kubeadm.ts';
import { networkConfig } from './network.ts';
import { schematic } from './schematic.ts';
import { talosPatch } from './talos.ts';

/** `machines/<cluster>/<node>/`: what the operating system of each node must be told. No secrets. */
export function machineFiles(plan: ClusterPlan): [string, string][] {
  const folder = `machines/${plan.cluster.name}`;
  return [
    [`${folder}/README.md`, machineCommands(plan)],
    ...plan.cluster.nodes.flatMap((node) =>
      nodeFiles(plan, node).map(([file, content]): [string, string] => [
        `${folder}/${node.name}/${file}`,
        content,
      ]),
    ),
  ];
}

function nodeFiles({ cluster, components }: ClusterPlan, node: Node): [string, string][] {
  const needs = hostNeeds(components.map(({ contribution }) => contribution));
  const { os } = cluster;
  if (os.kind === 'talos') {
    const image = schematic(node.machine.model, needs.extensions);
    return [
      ['talos-patch.yaml', talosPatch(cluster, node, needs, `${image.installer}:v${os.version}`)],
      ['schematic.yaml', image.text],
      ...extensionServices(node, needs.files),
    ];
  }
  return [
    ['cloud-init.yaml', cloudInit(cluster, node, needs)],
    ['network-config.yaml', networkConfig(cluster, node)],
    ['kubeadm.yaml', kubeadmConfig(cluster, node, needs)],
    ...(node.controlPlane && hasVirtualIp(cluster)
      ? [['kube-vip.yaml', kubeVip(cluster)] satisfies [string, string]]
      : []),
  ];
}
