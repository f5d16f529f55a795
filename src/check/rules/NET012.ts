import { app } from '../../apps/index.ts';
import { routeHosts } from '../../compile/index.ts';
import type { DefinitionRule } from '../rule.ts';

export const NET012: DefinitionRule = {
  id: 'NET012',
  title: 'one name led to twice',
  severity: 'error',
  why: 'The ingress answers with one of the two, and which of them changes from time to time.',
  remedy: 'Give each app a `host` of its own; components take the names of their pages, such as `grafana`.',
  bad(definition) {
    const requests = { cpu: '10m', memory: '16Mi' };
    for (const cluster of definition.clusters)
      cluster.apps = [app('charts', { image: 'a/charts:1.0.0', port: 80, host: 'grafana', requests })];
  },
  *find({ plans }) {
    for (const { components } of plans) {
      const owners = new Map<string, string>();
      for (const { use, component, contribution } of components) {
        for (const host of (contribution.config ?? []).flatMap(({ object }) => routeHosts(object))) {
          const owner = owners.get(host);
          if (owner === undefined) owners.set(host, component.name);
          else yield { at: use.at, message: `${host} leads to ${owner} and to ${component.name}` };
        }
      }
    }
  },
};
