import type { Node } from '../../model/index.ts';

/** Labels that a node registers with. */
export function nodeLabels(node: Node): Record<string, string> {
  return { 'topology.kubernetes.io/zone': node.zone, ...node.labels };
}
