import { type Homelab, type Path, type Position, positionAt } from '../model/index.ts';

/** Where in the definition a file of the tree comes from. */
export function placeOf(homelab: Homelab, file: string): { at: Path; position: Position | undefined } {
  const at = pathOf(homelab, file);
  return { at, position: positionAt(homelab.definition, at) };
}

function pathOf({ clusters }: Homelab, file: string): Path {
  const [kind, name, ...rest] = file.split('/');
  const cluster = clusters.find((other) => other.name === name);
  if (cluster === undefined) return [];
  const words = rest.map((word) => word.replace(/\.[a-z0-9]+$/, ''));
  if (kind === 'machines') return cluster.nodes.find((node) => words.includes(node.name))?.at ?? cluster.at;
  // Of a folder or a file named after it: a component, or an app.
  return cluster.components.find(({ component }) => words.includes(component))?.at ?? cluster.at;
}
