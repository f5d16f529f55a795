import { ups } from '../../components/registry.ts';
import { replaceComponent } from '../example.ts';
import type { DefinitionRule } from '../rule.ts';
import { usesOf } from '../uses.ts';

export const PWR005: DefinitionRule = {
  id: 'PWR005',
  title: 'a UPS at a node that is not there',
  severity: 'error',
  why: 'The server of the UPS is bound to the node with the cable: without that node it never starts, and nobody shuts down.',
  remedy: 'Write the name of a node of this cluster, or leave it out for the first control plane.',
  bad(definition) {
    replaceComponent(definition, 'ups', ups({ node: 'elsewhere' }));
  },
  *find(subject) {
    for (const { cluster, use, options } of usesOf(subject, ups)) {
      const names = cluster.nodes.map(({ name }) => name);
      if (options.node !== undefined && !names.includes(options.node))
        yield {
          at: use.at,
          message: `the UPS hangs on ${options.node}, and ${cluster.name} has ${names.join(', ')}`,
        };
    }
  },
};
