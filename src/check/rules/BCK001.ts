import { longhorn } from '../../components/registry.ts';
import { replaceComponent } from '../example.ts';
import type { DefinitionRule } from '../rule.ts';

export const BCK001: DefinitionRule = {
  id: 'BCK001',
  title: 'volumes of production without a backup',
  severity: 'warning',
  why: 'Replicas do not help against a deleted volume, a bad upgrade or a burnt board: the data is gone.',
  remedy:
    "Give the storage a target on another machine: longhorn({ backup: { target: 'nfs://SERVER:/PATH' } }).",
  references: ['https://longhorn.io/docs/1.12.1/snapshots-and-backups/'],
  bad(definition) {
    replaceComponent(definition, 'longhorn', longhorn());
  },
  *find({ plans }) {
    for (const { cluster, exports, components } of plans) {
      if (cluster.environment !== 'production' || exports.storage?.backedUp !== false) continue;
      const provider = components.find(({ component }) => component.name === 'longhorn');
      yield {
        at: provider?.use.at ?? cluster.at,
        message: `volumes of cluster ${cluster.name} are not backed up`,
      };
    }
  },
};
