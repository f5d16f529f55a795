import { quantity } from '../../../capacity/index.ts';
import { field, type KubeObject, listAt, mapAt, textAt } from '../../../kube/index.ts';
import { allocatableOf, type Node, parseBytes } from '../../../model/index.ts';
import { nodeHealth } from '../../../observe/index.ts';
import { groupBy } from '../../../util/index.ts';
import type { ItemOf } from '../item.ts';
import { measuredOf } from './measured.ts';
import type { ClusterView } from './view.ts';

/** Each node of the definition, with what the cluster says of it. */
export function nodeItems(view: ClusterView): ItemOf<'node'>[] {
  const {
    plan: { cluster },
    facts,
    live,
  } = view;
  const nodes = new Map(live?.snapshot.objects('Node').map((node) => [node.metadata.name, node]));
  const pods = groupBy(live?.snapshot.objects('Pod') ?? [], (pod) => textAt(pod, 'spec', 'nodeName') ?? '');
  const power = facts.capacity.sites.flatMap((site) => site.nodes);
  return cluster.nodes.map((node) => {
    const object = nodes.get(node.name);
    const { machine, name } = node;
    const watts = power.find((one) => one.cluster === cluster.name && one.node === name);
    const measured = measuredOf(view, node);
    const kubelet = textAt(object, 'status', 'nodeInfo', 'kubeletVersion');
    return {
      type: 'node',
      cluster: cluster.name,
      name,
      board: machine.board,
      ...(machine.slot === undefined ? {} : { slot: machine.slot }),
      model: machine.model,
      address: node.address,
      roles: [...(node.controlPlane ? ['control plane'] : []), ...(node.worker ? ['worker'] : [])],
      ...healthOf(object, live?.snapshot.connected ?? false),
      ...(kubelet === undefined ? {} : { kubelet }),
      cordoned: field(object, 'spec', 'unschedulable') === true,
      cores: machine.cores,
      memory: machine.memory,
      ...usage(node, object, (pods.get(name) ?? []).filter(isRunning)),
      disks: machine.disks.map(({ kind, size }) => ({ kind, size: parseBytes(size) ?? 0 })),
      watts: {
        idle: machine.idleWatts,
        typical: watts?.typical ?? machine.idleWatts,
        peak: machine.peakWatts,
      },
      throttleCelsius: machine.throttleCelsius,
      ...(measured === undefined ? {} : { measured }),
    };
  });
}

/** What a cluster that cannot be heard last said of a node is not what is. */
function healthOf(
  node: KubeObject | undefined,
  connected: boolean,
): Pick<ItemOf<'node'>, 'state' | 'message'> {
  if (!connected) return { state: 'unknown', message: 'its cluster cannot be asked' };
  if (node === undefined) return { state: 'waiting', message: 'it has not joined its cluster' };
  const { state, message } = nodeHealth(node);
  // A node that was there and is not heard any more is down, not on its way.
  const lost = listAt(node, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'Unknown',
  );
  return { state: lost ? 'failed' : state, message };
}

function usage(node: Node, object: KubeObject | undefined, pods: readonly KubeObject[]) {
  const own = allocatableOf(node.machine);
  const allocatable = mapAt(object, 'status', 'allocatable');
  const sum = (resource: string) => pods.reduce((total, pod) => total + requested(pod, resource), 0);
  return {
    cpu: { asked: sum('cpu'), allocatable: quantity(allocatable['cpu']) || own.milliCpu / 1000 },
    ram: { asked: sum('memory'), allocatable: quantity(allocatable['memory']) || own.memory },
    pods: { asked: pods.length, allocatable: quantity(allocatable['pods']) || own.pods },
  };
}

function requested(pod: KubeObject, resource: string): number {
  return listAt(pod, 'spec', 'containers').reduce<number>(
    (total, container) => total + quantity(field(container, 'resources', 'requests', resource)),
    0,
  );
}

/** A pod that has ended gives back what it asked for. */
function isRunning(pod: KubeObject): boolean {
  const phase = textAt(pod, 'status', 'phase');
  return phase !== 'Succeeded' && phase !== 'Failed';
}
