import { app } from '../../apps/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const ARM001: DefinitionRule = {
  id: 'ARM001',
  title: 'image for no node',
  severity: 'error',
  why: 'The container ends at once with "exec format error", for ever, or its pod is never scheduled.',
  remedy:
    'Use an image that is published for the nodes, build one with `docker buildx build --platform`, or add a node of that architecture.',
  references: ['https://docs.docker.com/build/building/multi-platform/'],
  bad(definition) {
    const image = { image: 'registry.example.org/old:1.0.0', arch: ['amd64' as const] };
    for (const cluster of definition.clusters)
      cluster.apps = [app('old', { ...image, requests: { cpu: '10m', memory: '16Mi' } })];
  },
  *find({ plans }) {
    for (const { cluster, components } of plans) {
      const available = new Set<string>(
        cluster.nodes.filter(({ worker }) => worker).map(({ machine }) => machine.arch),
      );
      for (const { use, contribution, component } of components) {
        for (const wanted of (contribution.objects ?? []).flatMap(architectureOf)) {
          if (available.has(wanted)) continue;
          const nodes = [...available].join(', ');
          yield {
            at: use.at,
            message: `${component.name} has an image for ${wanted} only, the nodes are ${nodes}`,
          };
        }
      }
    }
  },
};

/** The only architecture that a workload can run on, when there is one. */
function architectureOf(object: object): string[] {
  const match = /"nodeSelector":\{"kubernetes\.io\/arch":"(\w+)"\}/.exec(JSON.stringify(object));
  return match?.[1] === undefined ? [] : [match[1]];
}
