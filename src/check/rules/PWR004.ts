import { ups } from '../../components/registry.ts';
import { replaceComponent } from '../example.ts';
import type { DefinitionRule } from '../rule.ts';
import { usesOf } from '../uses.ts';

export const PWR004: DefinitionRule = {
  id: 'PWR004',
  title: 'a shutdown in the wrong order',
  severity: 'error',
  why: 'Workers need their control plane until they are down, and apps need their workers: what goes first takes the others with it.',
  remedy: 'Write `appsAtMinutes` above `workersAtMinutes`, and that above `controlPlaneAtMinutes`.',
  bad(definition) {
    replaceComponent(definition, 'ups', ups({ workersAtMinutes: 3, controlPlaneAtMinutes: 5 }));
  },
  *find(subject) {
    for (const { cluster, use, options } of usesOf(subject, ups)) {
      const { appsAtMinutes: apps, workersAtMinutes: workers, controlPlaneAtMinutes: planes } = options;
      if (apps <= workers || workers <= planes)
        yield {
          at: use.at,
          message: `in ${cluster.name} apps stop at ${apps} min of battery, workers at ${workers} and control planes at ${planes}`,
        };
    }
  },
};
