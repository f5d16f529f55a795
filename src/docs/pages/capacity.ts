import { formatReport, TARGETS } from '../../capacity/index.ts';
import { blocks, yaml } from '../markdown.ts';
import { gib, type Subject } from '../subject.ts';

/** What is asked for of what there is, what is left without a node, and watts. */
export function capacityPage(subject: Subject): string {
  return blocks('# Capacity and power', formatReport(subject.capacity, 'markdown').trim());
}

/** What each cluster has, what is planned of it, and how full it may be. */
export function capacitySettings({ plans, capacity }: Subject, level: '##' | '####'): string {
  return capacity.clusters
    .map(({ cluster, total, storage }) => {
      const nodes = plans.find((plan) => plan.cluster.name === cluster)?.cluster.nodes ?? [];
      const cores = nodes.reduce((sum, { machine }) => sum + machine.cores, 0);
      const memory = nodes.reduce((sum, { machine }) => sum + machine.memory, 0);
      const share = (part: number, of: number) => (of === 0 ? '0 %' : `${Math.round((part / of) * 100)} %`);
      return blocks(
        `${level} ${cluster}`,
        yaml({
          'Total CPU': `${cores} cores (${nodes.length} node${nodes.length === 1 ? '' : 's'})`,
          'Total memory': gib(memory),
          'Total storage': gib(storage.disks),
          'Planned CPU': `${share(total.cpu.asked, total.cpu.allocatable)} asked for, ${TARGETS.cpu * 100} % at most`,
          'Planned memory': `${share(total.memory.asked, total.memory.allocatable)} asked for, ${TARGETS.memory * 100} % at most`,
          'Planned storage': `${share(storage.withReplicas, storage.disks)} asked for, ${TARGETS.storage * 100} % at most`,
          Pods: `${total.pods.asked} planned, ${total.pods.allocatable} at most`,
        }),
      ).trim();
    })
    .join('\n\n');
}
